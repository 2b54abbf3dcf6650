using Millrace.IntegrationTests.Apply;
using Millrace.Testing;
using Xunit;

namespace Millrace.IntegrationTests.Lineage;

/// <summary>The page of a graph in a real browser.</summary>
public sealed class LineagePageTests
{
    private const string Schema = """
        -- role: events
        CREATE TABLE kafka_orders (id UInt64, amount Float64, country String) ENGINE = Kafka('b:1', 'orders', 'g', 'JSONEachRow');
        CREATE TABLE writable_orders (id UInt64, amount Float64, country String) ENGINE = Distributed('data', 'default', 'orders', id);
        CREATE MATERIALIZED VIEW orders_mv TO writable_orders AS SELECT id, amount, upper(country) AS country FROM kafka_orders;
        -- role: data
        CREATE TABLE orders (id UInt64, amount Float64, country String) ENGINE = MergeTree ORDER BY id;
        CREATE TABLE by_country (country String, total Float64) ENGINE = SummingMergeTree ORDER BY country;
        CREATE MATERIALIZED VIEW by_country_mv TO by_country AS SELECT country, sum(amount) AS total FROM orders GROUP BY country;
        -- role: query
        CREATE TABLE orders (id UInt64, amount Float64, country String) ENGINE = Distributed('data', 'default', 'orders');
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Chosen = "document.querySelector('.card.chosen .name')?.textContent";

    private const string Focused = "document.activeElement.dataset.key";

    [Fact]
    public async Task A_column_lights_its_way_by_mouse_and_by_keyboard_and_nothing_is_fetched()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "schema.sql"), Schema, Cancel);
        var (exit, _, errors) = await CliRun.RunAsync(folder.Path, null, "lineage", "--schema", "schema.sql", "--format", "html", "--out", "graph.html");
        Assert.True(exit == 0, errors);

        await using var page = await Chromium.OpenAsync($"file://{folder.Path}/graph.html", Cancel);
        await page.UntilAsync("document.querySelectorAll('.card').length === 8", Cancel);
        await ClickAsync(page);
        await WalkAsync(page);
        foreach (var (width, isDark) in new[] { (1500, false), (1500, true), (420, false) })
        {
            await page.ShowAsAsync(width, 900, isDark, Cancel);
            Assert.True((await page.ScreenshotAsync(Cancel)).Length > 10_000, "the picture is empty");
            Assert.True((bool?)await page.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth", Cancel), $"wider than {width} pixels");
        }

        Assert.All(page.Requests, url => Assert.StartsWith("file://", url, StringComparison.Ordinal));
    }

    private static async Task ClickAsync(Chromium page)
    {
        await page.ClickAsync("[data-key='events/default.kafka_orders\\a amount']", Cancel);
        await page.UntilAsync("document.querySelector('#world').classList.contains('lit')", Cancel);
        Assert.Equal(
            "amount amount amount amount amount total total",
            (string?)await page.EvaluateAsync("[...document.querySelectorAll('.card .col.hot span')].map(c => c.textContent).sort().join(' ')", Cancel));
        Assert.Contains("Goes to: 6 objects", (string?)await page.EvaluateAsync("document.querySelector('#panel').textContent", Cancel), StringComparison.Ordinal);
    }

    /// <summary>As the page's list of keys says.</summary>
    private static async Task WalkAsync(Chromium page)
    {
        await page.PressAsync("Escape", Cancel);
        await page.UntilAsync("!document.querySelector('#world').classList.contains('lit')", Cancel);
        await page.PressAsync("/", Cancel);
        await page.TypeAsync("kafka_orders", Cancel);
        await page.UntilAsync("document.querySelector('#found li[aria-selected=true]')?.textContent.startsWith('default.kafka_orders')", Cancel);
        await page.PressAsync("Enter", Cancel);
        await page.UntilAsync($"{Chosen} === 'kafka_orders'", Cancel);
        await page.PressAsync("ArrowRight", Cancel);
        await page.UntilAsync($"{Focused} === 'events/default.orders_mv'", Cancel);
        await page.PressAsync("Enter", Cancel);
        await page.UntilAsync($"{Chosen} === 'orders_mv'", Cancel);
        await page.PressAsync("Tab", Cancel);
        await page.UntilAsync($"{Focused} === 'events/default.orders_mv\\nid'", Cancel);
        await page.PressAsync("Enter", Cancel);
        await page.UntilAsync("document.querySelector('.col.chosen span')?.textContent === 'id'", Cancel);
        await page.PressAsync("ArrowLeft", Cancel);
        await page.UntilAsync($"{Focused} === 'events/default.kafka_orders'", Cancel);
        await page.PressAsync("Escape", Cancel);
        await page.UntilAsync("!document.querySelector('#world').classList.contains('lit') && document.querySelector('#panel').hidden", Cancel);
        await page.PressAsync("/", Cancel);
        await page.TypeAsync("by_country.total", Cancel);
        await page.PressAsync("ArrowDown", Cancel);
        await page.PressAsync("Escape", Cancel);
        await page.UntilAsync("document.querySelector('#find').value === '' && document.querySelector('#found').hidden", Cancel);
    }
}

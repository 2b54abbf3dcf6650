using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Millrace.Testing;

/// <summary>A page in a real Chromium without a window, driven over its own debugging protocol.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<string> _requests = [];
    private int _calls;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Addresses that the page asked for, its own first.</summary>
    public IReadOnlyList<string> Requests => _requests;

    public static async Task<Chromium> OpenAsync(string url, CancellationToken cancel)
    {
        var profile = Directory.CreateTempSubdirectory("millrace-chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo(
            "chromium",
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars", "--window-size=1500,900", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
        }) ?? throw new InvalidOperationException("chromium did not start");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var page = new Chromium(process, profile);
        await page.ConnectAsync(cancel);
        await page.CallAsync("Network.enable", [], cancel);
        await page.CallAsync("Page.enable", [], cancel);
        await page.CallAsync("Page.navigate", new JsonObject { ["url"] = url }, cancel);
        await page.UntilAsync("document.readyState === 'complete' && location.href !== 'about:blank'", cancel);
        return page;
    }

    /// <summary>The value of an expression, as JSON.</summary>
    public async Task<JsonNode?> EvaluateAsync(string script, CancellationToken cancel)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true }, cancel);
        return answer["exceptionDetails"] is { } thrown
            ? throw new InvalidOperationException($"{script}: {thrown.ToJsonString()}")
            : answer["result"]!["value"];
    }

    public async Task UntilAsync(string condition, CancellationToken cancel)
    {
        for (var started = Stopwatch.GetTimestamp(); (bool?)await EvaluateAsync(condition, cancel) != true; await Task.Delay(50, cancel))
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"never came true: {condition}");
    }

    public async Task ClickAsync(string selector, CancellationToken cancel)
    {
        var at = await EvaluateAsync($"(() => {{ const b = document.querySelector({Text(selector)}).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()", cancel);
        foreach (var type in new[] { "mousePressed", "mouseReleased" })
            await CallAsync(
                "Input.dispatchMouseEvent",
                new JsonObject { ["type"] = type, ["x"] = (double)at![0]!, ["y"] = (double)at[1]!, ["button"] = "left", ["clickCount"] = 1 },
                cancel);
    }

    /// <param name="key">As browsers name it: <c>/</c>, <c>Enter</c>, <c>ArrowRight</c>.</param>
    public async Task PressAsync(string key, CancellationToken cancel)
    {
        var code = key switch { "Tab" => 9, "Enter" => 13, "Escape" => 27, "ArrowLeft" => 37, "ArrowUp" => 38, "ArrowRight" => 39, "ArrowDown" => 40, _ => 0 };
        var text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
        foreach (var type in new[] { "keyDown", "keyUp" })
            await CallAsync(
                "Input.dispatchKeyEvent",
                new JsonObject { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code, ["text"] = type == "keyDown" ? text ?? "" : "" },
                cancel);
    }

    /// <summary>One key after the other.</summary>
    public async Task TypeAsync(string text, CancellationToken cancel)
    {
        foreach (var letter in text)
            await PressAsync(letter.ToString(), cancel);
    }

    /// <summary>Gives the window another size, and the system another taste in colours.</summary>
    public async Task ShowAsAsync(int width, int height, bool isDark, CancellationToken cancel)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancel);
        await CallAsync(
            "Emulation.setEmulatedMedia",
            new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) },
            cancel);
    }

    public async Task<byte[]> ScreenshotAsync(CancellationToken cancel) =>
        Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", [], cancel))["data"]!);

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private static string Text(string text) => JsonValue.Create(text).ToJsonString();

    private async Task ConnectAsync(CancellationToken cancel)
    {
        var file = Path.Combine(_profile, "DevToolsActivePort");
        for (var started = Stopwatch.GetTimestamp(); !File.Exists(file) || (await File.ReadAllLinesAsync(file, cancel)).Length < 2; await Task.Delay(50, cancel))
            if (Stopwatch.GetElapsedTime(started) > Patience || _process.HasExited)
                throw new InvalidOperationException("chromium does not answer");
        var port = (await File.ReadAllLinesAsync(file, cancel))[0];
        using var http = new HttpClient();
        var pages = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), cancel))!.AsArray();
        await _socket.ConnectAsync(new Uri((string)pages.First(page => (string?)page!["type"] == "page")!["webSocketDebuggerUrl"]!), cancel);
    }

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters, CancellationToken cancel)
    {
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, cancel);
        while (true)
        {
            var message = JsonNode.Parse(await ReceiveAsync(cancel))!.AsObject();
            if ((string?)message["method"] == "Network.requestWillBeSent")
                _requests.Add((string)message["params"]!["request"]!["url"]!);
            if ((int?)message["id"] == id)
                return message["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : message["result"]!.AsObject();
        }
    }

    private async Task<string> ReceiveAsync(CancellationToken cancel)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancel);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return Encoding.UTF8.GetString(message.ToArray());
    }
}

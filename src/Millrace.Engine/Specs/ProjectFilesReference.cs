using System.Text;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs;

/// <summary>The reference page of all project files, in Markdown, from the same descriptions that read them.</summary>
public static class ProjectFilesReference
{
    private const string Opening = """
        # Project files

        <!-- Generated from the shapes in src/Millrace.Engine/Specs: `millrace schema --reference`. Do not edit. -->

        ```
        millrace.yaml        name, database, oldest server version
        fleet.yaml           roles, clusters, nodes or discovery, brokers
        pipelines/*.yaml     one stream each
        rollups/*.yaml       one incremental aggregate each
        schema/*.sql         anything else, plain DDL under a role header
        ```

        The YAML is strict: anchors, aliases, merge keys, tags, duplicate keys and a second document are refused, and so is a key
        that is not listed here. Text is kept as it is written: `25.10` stays that. A flag is `true` or `false`.

        Any single value may contain `${env:NAME}` (an environment variable) or `${file:PATH}` (the content of a file, relative to
        the project folder, without its last line break). What a reference stands for is never shown. `$${` is the text `${`.

        ## schema/*.sql

        A line `-- role: data, query` says on which roles the statements after it are created. A statement ends with the line whose
        last character is `;`, so a semicolon inside a line, or before a comment on the same line, ends nothing. References are not
        filled in here, because statements are shown in plans.

        ```sql
        -- role: data, query
        CREATE VIEW analytics.recent AS
        SELECT * FROM analytics.events WHERE timestamp > now() - INTERVAL 1 HOUR;
        ```

        """;

    public static string Markdown()
    {
        var page = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        foreach (var kind in ProjectFileKind.All)
        {
            page.Append($"\n## {kind.Files}\n");
            foreach (var shape in kind.Objects)
                Append(page, shape);
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, IObjectShape shape)
    {
        page.Append($"\n### {shape.Name}\n\n{shape.Doc}.\n\n");
        page.Append("| key | value | default | what it is | example |\n| --- | --- | --- | --- | --- |\n");
        foreach (var field in shape.Fields)
        {
            var otherwise = field.IsRequired ? "**required**" : field.DefaultText ?? "none";
            page.Append($"| `{field.Name}` | {Cell(field.Shape.Noun)} | {Cell(otherwise)} | {Cell(field.Doc)} | {Code(field.Example)} |\n");
        }

        foreach (var group in shape.OneOf)
            page.Append($"\nExactly one of {string.Join(", ", group.Select(f => $"`{f.Name}`"))} is given.\n");
    }

    private static string Code(string? example) => example is null ? "" : $"`{Cell(example)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

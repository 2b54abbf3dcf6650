using System.Text;

namespace Millrace.Bench.Running;

/// <summary>Writes to whatever the running command's own console is, and to <paramref name="otherwise"/> where none runs.</summary>
internal sealed class AmbientWriter(TextWriter otherwise, Func<TextWriter?> current) : TextWriter
{
    private TextWriter Target => current() ?? otherwise;

    public override Encoding Encoding => otherwise.Encoding;

    public override void Write(char value) => Target.Write(value);

    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    public override void Write(string? value) => Target.Write(value);

    public override void Flush() => Target.Flush();
}

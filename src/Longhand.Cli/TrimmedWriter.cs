using System.Text;

namespace Longhand.Cli;

/// <summary>Drops the spaces with which tables fill up their lines; nobody wants them in a file.</summary>
internal sealed class TrimmedWriter(TextWriter inner) : TextWriter
{
    private int spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            spaces++;
            return;
        }
        if (value is not ('\n' or '\r'))
            for (; spaces > 0; spaces--)
                inner.Write(' ');
        spaces = 0;
        if (value != '\r')
            inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}

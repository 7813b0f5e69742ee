namespace Longhand;

/// <summary>Text from outside, made fit to stand in a message.</summary>
internal static class Quote
{
    /// <summary>
    /// The text between quotation marks; control characters (which could steer a terminal) become ·, and what is longer than
    /// <paramref name="most"/> characters ends with ….
    /// </summary>
    public static string Of(string text, int most = 100)
    {
        string head = text.Length > most ? text[..most] + "…" : text;
        return '"' + string.Concat(head.Select(c => char.IsControl(c) ? '·' : c)) + '"';
    }
}

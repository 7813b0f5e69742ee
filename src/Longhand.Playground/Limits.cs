namespace Longhand.Playground;

/// <summary>What one page may ask for, so that no page can stall another or the machine. Each is said in the message that refuses.</summary>
internal static class Limits
{
    /// <summary>Bytes of one message to the server.</summary>
    public const int MessageBytes = 64 * 1024;

    /// <summary>Messages per second on the average, and how many may come at once.</summary>
    public const int MessagesPerSecond = 200;

    /// <summary>Commands of one page that wait for their turn.</summary>
    public const int WaitingCommands = 64;

    /// <summary>Questions of one page that wait for their answer.</summary>
    public const int WaitingQuestions = 8;

    /// <summary>Messages to a page that does not read them.</summary>
    public const int UnreadMessages = 64;

    /// <summary>Pages that are connected, whether they train or not.</summary>
    public const int Connections = 2000;

    /// <summary>Pages with an open experiment.</summary>
    public const int Sessions = 200;

    /// <summary>Characters of one setting.</summary>
    public const int SettingLength = 2000;

    /// <summary>Examples of a data set.</summary>
    public const int Examples = 10_000;

    /// <summary>Numbers that are trained.</summary>
    public const int Parameters = 100_000;

    /// <summary>Units that are drawn.</summary>
    public const int Units = 256;

    /// <summary>Layers of units.</summary>
    public const int Layers = 32;

    /// <summary>Input features.</summary>
    public const int Features = 32;

    /// <summary>Epochs that a link may ask to be trained before its page is shown.</summary>
    public const int LinkedEpochs = 100_000;

    /// <summary>Bytes of the points of a run that are kept to go back to.</summary>
    public const long PastBytes = 4 * 1024 * 1024;

    /// <summary>Numbers set by hand that going back still knows.</summary>
    public const int Edits = 1000;

    /// <summary>Epochs whose losses are kept for the curves.</summary>
    public const int CurveRows = 1000;

    /// <summary>Products of examples and parameters up to which a batch's gradient is added up example by example.</summary>
    public const long WalkedProducts = 4_000_000;

    /// <summary>How long a page may take to read what it is sent.</summary>
    public static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a session computes before it is another's turn.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);
}

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

    /// <summary>Steps of a descent.</summary>
    public const int DescentSteps = 1000;

    /// <summary>Terms of a function and its derivatives that one descent, or one grid of heights, evaluates.</summary>
    public const long DescentTerms = 4_000_000;

    /// <summary>Multiplications that one grid of losses, or one descent on them, takes.</summary>
    public const long LandscapeWork = 40_000_000;

    /// <summary>Parameters of a network that are offered as axes.</summary>
    public const int LandscapePlaces = 500;

    /// <summary>Variables of a Boolean function.</summary>
    public const int BooleanVariables = 4;

    /// <summary>Hidden units of a Boolean network.</summary>
    public const int BooleanUnits = 16;

    /// <summary>How long a page may take to read what it is sent.</summary>
    public static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a session computes before it is another's turn.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);
}

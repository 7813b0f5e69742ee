namespace Longhand.Playground;

/// <summary>What one page may ask for, so that no page can stall another or the machine. Each is said in the message that refuses.</summary>
internal static class Limits
{
    /// <summary>Bytes of one message to the server: room for a model of <see cref="Parameters"/> numbers, or a table that is pasted.</summary>
    public const int MessageBytes = 2 * 1024 * 1024;

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

    /// <summary>Characters of one setting other than the data.</summary>
    public const int SettingLength = 2000;

    /// <summary>Characters of the line of the data: some thousand points that are written out. It stands in the address.</summary>
    public const int DataLength = 100_000;

    /// <summary>Characters of a formula of the data: it is computed for every example.</summary>
    public const int FormulaLength = 500;

    /// <summary>Characters of a link, in which one may be written as three.</summary>
    public const int LinkLength = 3 * DataLength + 20 * SettingLength;

    /// <summary>Characters of a table that is pasted; what is taken of it must fit into <see cref="DataLength"/>.</summary>
    public const int PastedLength = 1_000_000;

    /// <summary>Columns of a table.</summary>
    public const int Columns = 256;

    /// <summary>Classes that are told apart by colour, shape and letter.</summary>
    public const int Classes = 10;

    /// <summary>Examples of a data set.</summary>
    public const int Examples = 10_000;

    /// <summary>Numbers that are trained. With more, one update on all examples would hold up the other pages for seconds.</summary>
    public const int Parameters = 100_000;

    /// <summary>Units that are drawn. The pictures of more would be longer than a frame may take.</summary>
    public const int Units = 1000;

    /// <summary>Layers of units.</summary>
    public const int Layers = 100;

    /// <summary>Input features.</summary>
    public const int Features = 256;

    /// <summary>Epochs that a link may ask to be trained before its page is shown.</summary>
    public const int LinkedEpochs = 100_000;

    /// <summary>How long a page may take to read what it is sent.</summary>
    public static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a session computes before it is another's turn.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);
}

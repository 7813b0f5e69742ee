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

    /// <summary>What one page may take, in MB: its data, its network with what training keeps, and the frames that wait for it.</summary>
    public const int MegabytesPerSession = 64;

    /// <summary>Bytes that are sent to a page and that it has not read, beside a single message that is larger.</summary>
    public const int UnreadBytes = 8 << MegabyteBits;

    /// <summary>A megabyte is two to this power.</summary>
    public const int MegabyteBits = 20;

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

    /// <summary>Numbers that are trained where the examples are images.</summary>
    public const int ImageParameters = 500_000;

    /// <summary>Numbers that all layers together write for one image.</summary>
    public const int ImageValues = 200_000;

    /// <summary>Multiplications of a batch of images on the way forward: what is not interrupted.</summary>
    public const long BatchWork = 120_000_000;

    /// <summary>Units that are drawn. The pictures of more would be longer than a frame may take.</summary>
    public const int Units = 1000;

    /// <summary>Layers of units.</summary>
    public const int Layers = 100;

    /// <summary>Input features.</summary>
    public const int Features = 256;

    /// <summary>Characters of a network whose shapes are asked for.</summary>
    public const int NetworkLength = 10_000;

    /// <summary>Layers of such a network.</summary>
    public const int SummaryLayers = 1000;

    /// <summary>Inputs times outputs of layers that are collapsed into one, and parameters of those layers.</summary>
    public const int CollapsedEntries = 100;

    /// <summary>Rows, and columns, of an image on the bench of convolution, and of what it becomes.</summary>
    public const int GridSide = 16;

    /// <summary>Rows, and columns, of a kernel there.</summary>
    public const int KernelSide = 7;

    /// <summary>Channels, and filters, there.</summary>
    public const int GridChannels = 3;

    /// <summary>Characters of a number there.</summary>
    public const int NumberLength = 16;

    /// <summary>Products of one convolution there.</summary>
    public const int GridProducts = 20_000;

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

    /// <summary>Multiplications of one forward pass that are worked by hand, over all examples: each becomes a term of an expression.</summary>
    public const long LedgerMultiplications = 300_000;

    /// <summary>Examples of a batch that are worked together.</summary>
    public const int LedgerExamples = 32;

    /// <summary>Numbers that are asked for by their place, to be worked alone.</summary>
    public const int LedgerPlaces = 16;

    /// <summary>Characters of a worked page that is sent.</summary>
    public const int LedgerCharacters = 12_000_000;

    /// <summary>Answers that are marked at once.</summary>
    public const int LedgerAnswers = 1000;

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

    /// <summary>How long a pinned run of a link may be trained again.</summary>
    public static readonly TimeSpan CurveTime = TimeSpan.FromSeconds(10);

    /// <summary>What the server may take with all its pages, in MB: beyond it no further page opens an experiment.</summary>
    public static readonly long Megabytes = Math.Min(4096, (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> MegabyteBits) / 2);

    /// <summary>How long a page may take to read what it is sent.</summary>
    public static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a session computes before it is another's turn.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(4);
}

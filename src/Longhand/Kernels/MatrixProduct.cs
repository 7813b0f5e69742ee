namespace Longhand.Kernels;

/// <summary>Told of each block of a product whose numbers are final, while they are still in the cache.</summary>
internal interface IProductReader
{
    /// <summary>Rows and columns, each from the first up to, but not including, the second, have been stored.</summary>
    void Stored(int firstRow, int endRow, int firstColumn, int endColumn);
}

/// <summary>
/// A matrix product C = A·B of one shape, planned once: what is copied into the order in which tiles read it, how the work is cut, and
/// the memory for both. Each element of C is one chain of multiply-adds in the order of k, whichever tile and block it falls into:
/// the same bits on any number of threads and for any batch that a row stands in.
/// </summary>
internal sealed unsafe class MatrixProduct : IParallelWork
{
    // A tile's rows of A stay in the first cache, 14 × 384 × 4 = 21 KB of 32 or 48, while a block of B passes from the second, which takes
    // 384 × 512 × 4 = 768 KB.
    private const int MostDepth = 384,
        MostColumns = 512;

    // A block of fewer rows would bring B from memory more often than its arithmetic hides.
    private const int Parts = 16,
        LeastRowsOfPart = 512;

    // Up to so many rows it pays that whoever takes some panels of B packs them too, a block at a time, and reads them from its own cache.
    private const int MostRowsOfOwnPanels = 512,
        LeastRowsOfTwoParts = 256,
        LeastOwnPanels = 4;
    private const long WorthSharing = 300_000;

    // A result that the first cache holds need not be asked for.
    private const int CachedLength = 1 << 13;

    // Where rows lie a multiple of this apart they fall into the same few places of the first cache and drive each other out.
    private const int Aliasing = 256;

    // From so many panels on the rows of A are copied to lie side by side, this far apart for each k: one line of the cache.
    private const int LeastPanelsOfCopy = 4,
        RowStep = Ahead.Line;

    private readonly TileFamily family;
    private readonly WorkerPool pool;
    private readonly int m,
        n,
        k,
        panels,
        tiles,
        lowest,
        taller,
        depth,
        rowParts,
        columnParts,
        edgeLength,
        ownPlace;
    private readonly bool packA,
        packB,
        packsOwn,
        constantB,
        isLarge;
    private readonly FloatBuffer start;
    private readonly FloatBuffer? packed;
    private readonly Rooms rooms;
    private readonly IProductReader? reader;
    private Matrix a,
        b;
    private float* c;
    private nint cRow;
    private bool packing,
        isPacked;

    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A, rows of B.</param>
    /// <param name="a">How A lies in memory; its pointer does not matter.</param>
    /// <param name="b">How B lies in memory.</param>
    /// <param name="pool">The threads.</param>
    /// <param name="reader">Who is told of finished blocks.</param>
    /// <param name="constantB">Whether B is the same at every run, so that it is packed but once.</param>
    public MatrixProduct(int m, int n, int k, Matrix a, Matrix b, WorkerPool pool, IProductReader? reader = null, bool constantB = false)
    {
        (this.m, this.n, this.k, this.a, this.b, this.pool, this.reader, this.constantB) = (m, n, k, a, b, pool, reader, constantB);
        family = TileFamily.Current;
        panels = family.Panels(n);
        int blocks = (k + MostDepth - 1) / MostDepth;
        depth = (k + blocks - 1) / blocks;
        isLarge = (long)m * n > CachedLength;
        tiles = (m + family.MostRows - 1) / family.MostRows;
        (lowest, taller) = Math.DivRem(m, Math.Max(1, tiles));
        columnParts = (n + MostColumns - 1) / MostColumns;
        rowParts = Math.Min(tiles, (Parts + columnParts - 1) / columnParts);
        if ((long)n * k > MostColumns * MostDepth)
            rowParts = Math.Min(rowParts, Math.Max((m + LeastRowsOfPart - 1) / LeastRowsOfPart, (8 + columnParts - 1) / columnParts));
        if (rowParts * columnParts < Parts / 2)
            columnParts = Math.Min(panels, Parts / rowParts);
        packB = constantB || b.Column != 1 || (m > 4 * family.MostRows && (b.Row % Aliasing == 0 || k > MostDepth));
        // As few parts as keep the threads busy, since each copies A and B anew; twice as many where there are rows enough, so that none waits long
        // for the last. How the work is cut changes no result.
        int ownParts = Math.Max(columnParts, Math.Min(panels / LeastOwnPanels, pool.Threads == 1 ? 1 : 2 * pool.Threads));
        packsOwn = packB && !constantB && m <= MostRowsOfOwnPanels && ownParts >= pool.Threads;
        if (packsOwn)
            (rowParts, columnParts) = (pool.Threads > 1 && m >= LeastRowsOfTwoParts ? 2 : 1, ownParts);
        if ((long)m * n * k < WorthSharing)
            (rowParts, columnParts) = (1, 1);
        packA =
            panels >= LeastPanelsOfCopy * columnParts
            && m > 1
            && (a.Row == 1 ? a.Column % Aliasing == 0 : family.ReadsBroadcasts || a.Column != 1 || a.Row % Aliasing == 0);
        start = new FloatBuffer((long)panels * family.PanelWidth);
        packed =
            packsOwn ? null
            : packB ? new FloatBuffer(family.PackedLength(k, n))
            : n % family.PanelWidth == 0 ? null
            : new FloatBuffer((long)k * family.PanelWidth);
        edgeLength = family.MostRows * family.PanelWidth;
        ownPlace = edgeLength + (packA ? depth * RowStep : 0);
        int mostPanels = (panels + columnParts - 1) / columnParts;
        rooms = new Rooms(pool.Threads, ownPlace + (packsOwn ? (long)mostPanels * depth * family.PanelWidth : 0));
    }

    /// <summary>C = A·B, to each of whose rows a vector is added where one is given.</summary>
    public void Run(float* a, float* b, float* c, nint cRow, float* rowStart = null)
    {
        this.c = c;
        this.cRow = cRow;
        this.a = new Matrix(a, this.a.Row, this.a.Column);
        this.b = new Matrix(b, this.b.Row, this.b.Column);
        if (rowStart != null)
            new Span<float>(rowStart, n).CopyTo(start.Span);
        if (packed is not null && !isPacked)
        {
            packing = true;
            int all = packB ? panels : 1;
            Share(all, (long)all * family.PanelWidth * k);
            packing = false;
            isPacked = constantB;
        }
        Share(rowParts * columnParts, (long)m * n * k);
    }

    public void Part(int part)
    {
        if (packing)
        {
            int panel = packB ? part : panels - 1;
            for (int from = 0; from < k; from += depth)
            {
                int length = Math.Min(depth, k - from);
                Pack(panel, from, length, PackedPanel(panel, from, length));
            }
            return;
        }
        (int j, int i) = Math.DivRem(part, rowParts);
        int room = rooms.Enter(out float* memory);
        Block(
            (int)((long)tiles * i / rowParts),
            (int)((long)tiles * (i + 1) / rowParts),
            (int)((long)panels * j / columnParts),
            (int)((long)panels * (j + 1) / columnParts),
            memory
        );
        rooms.Leave(room);
    }

    private void Block(int firstTile, int endTile, int firstPanel, int endPanel, float* memory)
    {
        for (int from = 0; from < k; from += depth)
        {
            int length = Math.Min(depth, k - from);
            float* own = null;
            if (packsOwn)
            {
                own = memory + ownPlace;
                for (int panel = firstPanel; panel < endPanel; panel++)
                    Pack(panel, from, length, own + (nint)(panel - firstPanel) * length * family.PanelWidth);
            }
            for (int tile = firstTile; tile < endTile; tile++)
                Strip(tile, tile + 1 < endTile, firstPanel, endPanel, from, length, own, memory);
        }
    }

    // The rows of a tile, where they are or side by side.
    private Matrix Rows(int tile, int from, int length, float* copy)
    {
        int row = FirstRow(tile);
        Matrix rows = a.From(row, from);
        if (!packA)
            return rows;
        Packing.Interleave(rows, FirstRow(tile + 1) - row, length, copy, RowStep);
        return new(copy, 1, RowStep);
    }

    // A tile's rows, from panel to panel.
    private void Strip(int tile, bool othersFollow, int firstPanel, int endPanel, int from, int length, float* own, float* edge)
    {
        Matrix a = Rows(tile, from, length, edge + edgeLength);
        int width = family.PanelWidth,
            row = FirstRow(tile),
            end = FirstRow(tile + 1),
            rows = end - row;
        float* c = this.c + row * cRow;
        Tile t = default;
        t.A = a.Pointer;
        t.ARow = a.Row;
        t.AStep = a.Column;
        t.Length = length;
        t.Stretches = t.Runs = 1;
        bool near = a.Row == 1;
        delegate* <Tile*, void> kernel = family.Kernel(rows, 2, near, ahead: true);
        int next = firstPanel;
        if (rows == 1 && packB && own == null)
            next = SingleRow(t, c, firstPanel, endPanel, from, length);
        for (int panel = next; panel < endPanel; panel++)
        {
            int column = panel * width,
                columns = Math.Min(width, n - column);
            t.BStep = width;
            if (own != null)
                t.B = own + (nint)(panel - firstPanel) * length * width;
            else if (packB || columns < width)
                t.B = PackedPanel(panel, from, length);
            else
            {
                t.B = b.Pointer + from * b.Row + column;
                t.BStep = b.Row;
            }
            bool whole = columns == width;
            t.C = whole ? c + column : edge;
            t.CRow = whole ? cRow : width;
            t.Start = from == 0 ? start.Pointer + column : t.C;
            t.StartRow = from == 0 ? 0 : t.CRow;
            if (isLarge)
                FetchNext(c + column + (panel + 1 < endPanel ? width : rows * cRow), rows);
            if (isLarge && othersFollow && packA)
                FetchRows(end, rows, from, length, panel - firstPanel, endPanel - firstPanel);
            if (whole)
            {
                kernel(&t);
                continue;
            }
            if (from > 0)
                Packing.Rows(c + column, cRow, rows, columns, edge, width);
            family.Kernel(rows, columns <= family.Lanes ? 1 : 2, near, ahead: true)(&t);
            Packing.Rows(edge, width, rows, columns, c + column, cRow);
        }
        if (reader is not null && from + depth >= k)
            reader.Stored(row, end, firstPanel * width, Math.Min(n, endPanel * width));
    }

    // What the next tile begins with, or where it goes, while this one is computed.
    private void FetchNext(float* c, int rows)
    {
        for (int i = 0; i < rows; i++, c += cRow)
            Ahead.Fetch(c, family.PanelWidth);
    }

    // Of the rows of A that are copied next a piece with each panel.
    private void FetchRows(int row, int rows, int from, int length, int piece, int pieces)
    {
        if (a.Column != 1)
            return;
        int first = (int)((long)length * piece / pieces),
            count = (int)((long)length * (piece + 1) / pieces) - first;
        Matrix below = a.From(row, from + first);
        for (int i = 0; i < rows; i++)
            Ahead.FetchFar(below.Pointer + i * below.Row, count);
    }

    // As many whole panels as go together; the first that is left is given back.
    private int SingleRow(Tile t, float* c, int panel, int endPanel, int from, int length)
    {
        const int together = RowTileKernel<Tile32, float>.Panels;
        int width = family.PanelWidth;
        t.BStep = width;
        t.BStretch = (nint)width * length;
        for (; panel + together <= endPanel && (panel + together) * width <= n; panel += together)
        {
            t.B = PackedPanel(panel, from, length);
            t.C = c + panel * width;
            t.Start = from == 0 ? start.Pointer + panel * width : t.C;
            family.SingleRow(&t);
        }
        return panel;
    }

    private void Pack(int panel, int from, int length, float* to)
    {
        int column = panel * family.PanelWidth;
        Packing.Panel(b.From(from, column), length, Math.Min(family.PanelWidth, n - column), family.PanelWidth, to);
    }

    // Block by block in k, and in each panel by panel, so that what is asked for ahead at the end of a panel is the next one.
    private float* PackedPanel(int panel, int from, int length) =>
        packed!.Pointer + (packB ? (nint)from * panels + (nint)panel * length : from) * family.PanelWidth;

    // Tiles of nearly one height, so that none is so low that its few sums wait for one another; the taller ones first.
    private int FirstRow(int tile) => tile * lowest + Math.Min(tile, taller);

    private void Share(int parts, long operations)
    {
        if (operations >= WorthSharing)
            pool.Run(this, parts);
        else
            for (int part = 0; part < parts; part++)
                Part(part);
    }
}

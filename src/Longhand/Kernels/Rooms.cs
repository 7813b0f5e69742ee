namespace Longhand.Kernels;

/// <summary>Scratch memory for the parts of a parallel piece of work: as many rooms as threads, each taken by one part at a time.</summary>
internal sealed unsafe class Rooms
{
    private readonly FloatBuffer[] rooms;
    private readonly int[] taken;

    /// <param name="count">How many parts run at once.</param>
    /// <param name="length">Floats in each room.</param>
    public Rooms(int count, long length)
    {
        rooms = [.. Enumerable.Range(0, count).Select(_ => new FloatBuffer(length))];
        taken = new int[count];
    }

    /// <summary>Takes a room.</summary>
    /// <returns>Its number, to be left with.</returns>
    public int Enter(out float* memory)
    {
        for (int room = 0; ; room = room + 1 == rooms.Length ? 0 : room + 1)
            if (Interlocked.CompareExchange(ref taken[room], 1, 0) == 0)
            {
                memory = rooms[room].Pointer;
                return room;
            }
    }

    /// <summary>Gives a room back.</summary>
    public void Leave(int room) => Volatile.Write(ref taken[room], 0);
}

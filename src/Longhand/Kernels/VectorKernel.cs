using System.Numerics;

namespace Longhand.Kernels;

/// <summary>Small loops over floats that several steps need.</summary>
internal static unsafe class VectorKernel
{
    /// <summary>Adds one vector to each of <paramref name="rows"/> rows.</summary>
    public static void AddToRows(float* matrix, float* vector, int rows, int columns)
    {
        int width = Vector<float>.Count;
        for (int r = 0; r < rows; r++, matrix += columns)
        {
            int j = 0;
            for (; j <= columns - width; j += width)
                (Vector.Load(matrix + j) + Vector.Load(vector + j)).Store(matrix + j);
            for (; j < columns; j++)
                matrix[j] += vector[j];
        }
    }

    /// <summary>sum += x.</summary>
    public static void Add(float* sum, float* x, int count)
    {
        int width = Vector<float>.Count,
            i = 0;
        for (; i <= count - width; i += width)
            (Vector.Load(sum + i) + Vector.Load(x + i)).Store(sum + i);
        for (; i < count; i++)
            sum[i] += x[i];
    }
}

namespace Longhand.Kernels;

/// <summary>Matrix products on their own, outside a plan.</summary>
internal static unsafe class Gemm
{
    [ThreadStatic]
    private static (int M, int N, int K, WorkerPool Pool, MatrixProduct Product)? last;

    /// <summary>C[m×n] = A[m×k]·B[k×n], all row-major and without gaps. The plan of the last product is kept for the next of its shape.</summary>
    public static void Multiply(int m, int n, int k, float* a, float* b, float* c, WorkerPool pool)
    {
        if (last is not { } kept || kept.M != m || kept.N != n || kept.K != k || kept.Pool != pool)
            last = kept = (m, n, k, pool, new MatrixProduct(m, n, k, new Matrix(null, k, 1), new Matrix(null, n, 1), pool));
        kept.Product.Run(a, b, c, n);
    }
}

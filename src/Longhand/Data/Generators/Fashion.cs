namespace Longhand;

public static partial class Data
{
    internal static readonly DataKind FashionKind = Register(
        DataFolder.Kind(
            "fashion",
            "Fashion-MNIST's pieces of clothing, 28×28 pixels, from a folder of IDX files",
            ["/usr/share/datasets/fashion-mnist"],
            "Debian's package dataset-fashion-mnist has it (apt install dataset-fashion-mnist)",
            Fashion
        )
    );

    /// <summary>
    /// Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747): 60,000 pictures of clothing to train with and 10,000 to test with, in
    /// MNIST's format: images of 28×28 pixels divided by 255.
    /// </summary>
    /// <inheritdoc cref="Mnist"/>
    public static (DataSet Train, DataSet Test) Fashion(string folder) =>
        FromFourFiles(
            "fashion",
            folder,
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
        );
}

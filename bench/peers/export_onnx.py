"""Writes the two networks of W10 as ONNX, for onnxruntime: export_onnx.py FOLDER."""
import os
import sys
import warnings

warnings.filterwarnings("ignore")
import torch
from torch import nn

dense = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
conv = nn.Sequential(
    nn.Conv2d(1, 32, 3),
    nn.ReLU(),
    nn.Conv2d(32, 64, 3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(9216, 128),
    nn.ReLU(),
    nn.Linear(128, 10),
)
os.makedirs(sys.argv[1], exist_ok=True)
for name, model, shape in (("dense", dense, (784,)), ("conv", conv, (1, 28, 28))):
    torch.onnx.export(
        model.eval(),
        torch.rand(1, *shape),
        os.path.join(sys.argv[1], name + ".onnx"),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
        opset_version=13,
    )

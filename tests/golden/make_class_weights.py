"""Writes class_weights.json: training with weighted classes by PyTorch, against which the tests compare.

Run: /usr/bin/python3 make_class_weights.py   (Debian 12: apt-get install python3-torch, version 1.13)

A network 3 -> dense 4 tanh -> dense 3 takes three steps of gradient descent on the whole batch, in float64, with
CrossEntropyLoss(weight=...): the weighted mean, sum(w_i L_i) / sum(w_i). "losses" are those before each step,
"gradients" those of the first, "parameters" what is left after the last.
"""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)
weights = [0.5, 2.0, 1.25]
x = torch.randn(9, 3)
labels = [0, 1, 2, 0, 0, 1, 2, 0, 0]
net = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 3))
names = ["dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"]
read = lambda values: {n: v.detach().flatten().tolist() for n, v in zip(names, values)}
out = {
    "source": "PyTorch %s, written by make_class_weights.py" % torch.__version__,
    "weights": weights,
    "inputs": x.tolist(),
    "labels": labels,
    "rate": 0.3,
    "start": read(net.parameters()),
    "losses": [],
}
optimizer = torch.optim.SGD(net.parameters(), lr=out["rate"])
loss_of = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights))
for step in range(3):
    optimizer.zero_grad()
    loss = loss_of(net(x), torch.tensor(labels))
    loss.backward()
    out["losses"].append(loss.item())
    if step == 0:
        out["gradients"] = read([p.grad for p in net.parameters()])
    optimizer.step()
out["parameters"] = read(net.parameters())
text = "{\n" + ",\n".join("%s: %s" % (json.dumps(k), json.dumps(v)) for k, v in out.items()) + "\n}\n"
pathlib.Path(__file__).with_name("class_weights.json").write_text(text)

// onnxruntime on W10, asked line by line as the Python peers are (see training.py):
//   node onnxruntime_peer.cjs NODE_MODULES MODELS THREADS
'use strict';
const path = require('path');
const readline = require('readline');
const [modules, models, threads] = process.argv.slice(2);
const ort = require(path.join(modules, 'onnxruntime-node'));
const say = (answer) => console.log(JSON.stringify(answer));

async function prepare(net, batch) {
  const session = await ort.InferenceSession.create(path.join(models, net + '.onnx'), {
    intraOpNumThreads: +threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  const shape = net === 'dense' ? [batch, 784] : [batch, 1, 28, 28];
  const x = new ort.Tensor('float32', Float32Array.from({ length: batch * 784 }, Math.random), shape);
  const calls = { 'dense 1': 2000, 'dense 256': 150, 'conv 1': 300, 'conv 256': 4 }[`${net} ${batch}`];
  const measure = async (count = calls) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) await session.run({ x });
    const microseconds = Number(process.hrtime.bigint() - start) / 1e3 / count;
    return batch === 1 ? microseconds : (batch / microseconds) * 1e6;
  };
  await measure(Math.max(3, calls >> 3));
  return measure;
}

(async () => {
  say({ name: 'onnxruntime', version: require(path.join(modules, 'onnxruntime-node', 'package.json')).version });
  const ready = {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = /^W10 (dense|conv) (\d+)$/.exec(line.trim());
    if (!asked) say({ skip: 'onnxruntime only predicts' });
    else {
      ready[line] ??= await prepare(asked[1], +asked[2]);
      say({ value: await ready[line]() });
    }
  }
})().catch((error) => say({ skip: String(error.message).split('\n')[0] }));

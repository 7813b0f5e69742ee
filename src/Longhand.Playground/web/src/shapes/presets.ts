const block = (filters: number, stride: number): string => {
  const body = (first: number): string =>
    `conv ${filters} 1x1 nobias -> batchnorm -> relu -> conv ${filters} 3x3 stride ${first} pad 1 nobias -> batchnorm -> relu -> conv ${4 * filters} 1x1 nobias -> batchnorm`;
  const n = { 64: 2, 128: 3, 256: 5, 512: 2 }[filters];
  return [
    `identity as in${filters}`,
    `conv ${4 * filters} 1x1 stride ${stride} nobias`,
    `batchnorm as short${filters}`,
    `from in${filters}`,
    body(stride),
    `add short${filters}`,
    "relu",
    `${n} * (identity as a -> ${body(1)} -> add a -> relu)`,
  ].join(" -> ");
};

const twice = (filters: number, count: number): string => `${count} * (conv ${filters} 3x3 pad 1 relu) -> maxpool 2`;

/** Networks to begin with. What they are called stands in text.ts. */
export const presets: Record<string, string> = {
  course: "64x64x1 -> Conv4-5-Pvalid-S2 -> Pool3 -> Conv3-5-Pvalid-S1 -> Pool2 -> FC5",
  fields: "32x32x1 -> 5 * (conv 4 5x5 pad 2 relu)",
  lenet: "28x28x1 -> conv 6 5x5 pad 2 tanh -> avgpool 2 -> conv 16 5x5 tanh -> avgpool 2 -> dense 120 tanh -> dense 84 tanh -> dense 10",
  picture: "1080x1920x3 -> dense 256 relu -> dense 10",
  filters: "1080x1920x3 -> 10 * (conv 64 4x4 pad same relu)",
  vgg: `224x224x3 -> ${twice(64, 2)} -> ${twice(128, 2)} -> ${twice(256, 3)} -> ${twice(512, 3)} -> ${twice(512, 3)} -> 2 * (dense 4096 relu -> dropout 0.5) -> dense 1000`,
  resnet: `224x224x3 -> conv 64 7x7 stride 2 pad 3 nobias -> batchnorm -> relu -> maxpool 3 stride 2 pad 1 -> ${block(64, 1)} -> ${block(128, 2)} -> ${block(256, 2)} -> ${block(512, 2)} -> globalavgpool -> dense 1000`,
  linear: "2 -> dense 3 -> dense 2 -> dense 1",
  letters: "n -> dense m -> dense r sigmoid -> dense s",
};

export interface Setting {
  input: string;
  kernel: string;
  bias: string;
  gradient: string;
  stride: string;
  pad: string;
  dilation: string;
  flipped: string;
  backward: string;
}

const usual: Setting = { input: "", kernel: "", bias: "", gradient: "", stride: "1", pad: "valid", dilation: "1", flipped: "", backward: "" };

const picture = "9,9,9,9,9,9,9,9;9,1,1,1,1,1,1,9;9,1,5,5,5,5,1,9;9,1,5,5,5,5,1,9;9,1,1,1,1,1,1,9;9,9,9,9,9,9,9,9";
const dot = "0,0,0,0,0;0,0,0,0,0;0,0,1,0,0;0,0,0,0,0;0,0,0,0,0";
const count = "1,2,3,4,5,6;2,4,6,8,10,12;3,6,9,12,15,18;4,8,12,16,20,24;5,10,15,20,25,30;6,12,18,24,30,36";

/** Convolutions to begin with. What they are called stands in text.ts. */
export const presets: Record<string, Setting> = {
  course: {
    ...usual,
    input: "2,3,4,5;3,5,7,9;4,7,10,13;5,9,13,17|3,4,5,6;4,6,8,10;5,8,11,14;6,10,14,18",
    kernel: "0,1,0;1,-1,1;0,1,0|0,1,0;1,-2,1;0,1,0",
    pad: "same",
  },
  sobel: { ...usual, input: picture, kernel: "-1,0,1;-2,0,2;-1,0,1||-1,-2,-1;0,0,0;1,2,1" },
  blur: { ...usual, input: picture, kernel: "1/9,1/9,1/9;1/9,1/9,1/9;1/9,1/9,1/9" },
  sharpen: { ...usual, input: picture, kernel: "0,-1,0;-1,5,-1;0,-1,0" },
  identity: { ...usual, input: picture, kernel: "0,0,0;0,1,0;0,0,0", pad: "same" },
  turned: { ...usual, input: dot, kernel: "1,2,3;4,5,6;7,8,9", pad: "same", flipped: "1" },
  stride: { ...usual, input: count, kernel: "1,0,-1;2,0,-2;1,0,-1", stride: "2", pad: "1/0/1/0" },
  dilation: { ...usual, input: count, kernel: "1,-1;-1,1", dilation: "2" },
  backward: { ...usual, input: "1,2,3;4,5,6;7,8,9", kernel: "1,2;3,4", gradient: "1,0;-1,2", backward: "1" },
};

export const empty = usual;

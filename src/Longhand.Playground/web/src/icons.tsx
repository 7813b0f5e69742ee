/** Small drawings: what is to be learned, and the buttons. Positive is a disc, negative a square. */
const plus = "var(--high)";
const minus = "var(--low)";

function Mark({ x, y, on }: { x: number; y: number; on: boolean }) {
  return on ? <circle cx={x} cy={y} r={1.7} fill={plus} /> : <rect x={x - 1.5} y={y - 1.5} width={3} height={3} fill={minus} />;
}

const ring = (count: number, radius: number, turn = 0): [number, number][] =>
  Array.from({ length: count }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / count;
    return [20 + radius * Math.sin(angle), 20 + radius * Math.cos(angle)];
  });

const cloud = (x: number, y: number): [number, number][] =>
  [[0, 0], [4, 1], [-4, -1], [1, -5], [-1, 5], [5, -4], [-5, 4], [6, 5]].map(([dx, dy]) => [x + dx!, y + dy!]);

const spiral = (turn: number): [number, number][] =>
  Array.from({ length: 11 }, (_, i) => {
    const share = (i + 1) / 11;
    const angle = 1.75 * 2 * Math.PI * share * 0.8 + turn;
    return [20 + 16 * share * Math.sin(angle), 20 + 16 * share * Math.cos(angle)];
  });

const moon = (up: boolean): [number, number][] =>
  Array.from({ length: 9 }, (_, i) => {
    const angle = (Math.PI * i) / 8;
    return up ? [15 + 11 * Math.cos(angle), 23 - 12 * Math.sin(angle)] : [25 - 11 * Math.cos(angle), 17 + 12 * Math.sin(angle)];
  });

const marks: Record<string, [[number, number][], [number, number][]]> = {
  circle: [[...ring(5, 4), ...ring(1, 0)], ring(14, 15)],
  xor: [[...cloud(10, 30), ...cloud(30, 10)], [...cloud(10, 10), ...cloud(30, 30)]],
  gauss: [cloud(29, 11), cloud(11, 29)],
  spiral: [spiral(0), spiral(Math.PI)],
  moons: [moon(false), moon(true)],
  circles: [ring(9, 7), ring(14, 15)],
};

const flowers: [number, number, number][] = [
  [8, 31, 0], [10, 27, 0], [13, 32, 0], [12, 29, 0], [7, 34, 0],
  [20, 19, 1], [23, 22, 1], [18, 23, 1], [25, 18, 1], [22, 16, 1],
  [30, 12, 2], [33, 8, 2], [28, 9, 2], [34, 14, 2], [31, 6, 2],
];
const clouds: [number, number, number][] = [0, 1, 2].flatMap((label) => {
  const angle = Math.PI / 2 + (2 * Math.PI * label) / 3;
  return cloud(20 + 12 * Math.cos(angle), 21 - 12 * Math.sin(angle)).slice(0, 6).map(([x, y]): [number, number, number] => [x, y, label]);
});

export function DataIcon({ name }: { name: string }) {
  const found = marks[name];
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      {found !== undefined && [true, false].map((on) => found[on ? 0 : 1].map(([x, y]) => <Mark key={`${x} ${y}`} x={x} y={y} on={on} />))}
      {(name === "blobs" ? clouds : name === "iris" ? flowers : []).map(([x, y, label]) =>
        label < 2 ? <Mark key={`${x} ${y}`} x={x} y={y} on={label === 1} /> : <path key={`${x} ${y}`} d={`M${x - 1.9} ${y + 1.5}h3.8l-1.9 -3.4z`} fill="var(--third)" />,
      )}
      {name === "plane" &&
        Array.from({ length: 36 }, (_, i) => {
          const [x, y] = [6 + (i % 6) * 5.6, 6 + Math.floor(i / 6) * 5.6];
          const value = (x - y) / 28;
          return value >= 0 ? (
            <circle key={i} cx={x} cy={y} r={0.6 + 1.7 * value} fill={plus} />
          ) : (
            <rect key={i} x={x + value * 1.7} y={y + value * 1.7} width={-3.4 * value} height={-3.4 * value} fill={minus} />
          );
        })}
      {name === "cones" &&
        [[8, 11], [20, 11], [32, 11], [8, 29], [20, 29], [32, 29]].map(([x, y], i) =>
          i % 2 === 0 === i < 3 ? (
            <circle key={i} cx={x} cy={y} r={4.6} fill={plus} opacity={0.85} />
          ) : (
            <rect key={i} x={x! - 4} y={y! - 4} width={8} height={8} fill={minus} opacity={0.85} />
          ),
        )}
    </svg>
  );
}

const paths: Record<string, string> = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  epoch: "M6 5v14l9-7zM16 5h3v14h-3z",
  batch: "M9 7v10l6-5z",
  back: "M18 5v14L9 12zM8 5v14H5V5z",
  last: "M5 5v14l6-7zM11 5v14l6-7zM17 5h2v14h-2z",
  reset: "M12 5a7 7 0 1 1-6.6 4.7l1.9.7A5 5 0 1 0 12 7v3L7.5 6 12 2z",
  next: "M8 5v14l8-7zM16 5h2.4v14H16z",
  previous: "M16 5v14l-8-7zM5.6 5H8v14H5.6z",
  up: "M12 6l6 7-1.5 1.4L13 10.6V19h-2v-8.4l-3.5 3.8L6 13z",
  down: "M12 18l-6-7 1.5-1.4 3.5 3.8V5h2v8.4l3.5-3.8L18 11z",
  add: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  remove: "M7 5.6 12 10.6 17 5.6 18.4 7 13.4 12 18.4 17 17 18.4 12 13.4 7 18.4 5.6 17 10.6 12 5.6 7z",
  dice: "M5 5h14v14H5zM7 7v10h10V7zM8.6 8.6h2v2h-2zM13.4 13.4h2v2h-2zM13.4 8.6h2v2h-2zM8.6 13.4h2v2h-2z",
};

export function Icon({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]!} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}

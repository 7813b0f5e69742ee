import { type Frame, type Hello, type History, MOST_PINS, type Opened, type Pin, type Settings, withPresent } from "./protocol";
import { text } from "./text";

/** What the server does not do, in its own sentence, and where in the text of a network the reason stands. */
export class Refusal extends Error {
  constructor(reason: string, readonly at: number | null) {
    super(reason);
  }
}

/** The page's side of the socket: asks for a frame when the last one has been drawn, so that the newest always wins. */
export class Client {
  hello: Hello | null = null;
  opened: Opened | null = null;
  frame: Frame | null = null;
  refusal: string | null = null;
  lost = false;
  history: History = { epoch: [], train: [], test: [], penalty: [], rate: [] };
  pins: Pin[] = [];

  private readonly socket: WebSocket;
  private readonly unsent: string[] = [];
  private readonly questions = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  private lastQuestion = 0;
  private begun = false;
  // Commands are numbered, and a frame says which it has come of: what is asked and not yet seen counts more than what is seen.
  private lastCommand = 0;
  private seen = 0;
  private wanted = { at: 0, running: false };
  private opening: { id: number; begins: boolean; fallback: string | undefined } | null = null;
  private readonly waiting: { opens: boolean; begins: boolean; act: () => void }[] = [];
  private readonly settling: (() => void)[] = [];
  /** How often everything that was asked has been seen. */
  settlements = 0;
  /** How often changes of the experiment have all been answered, and how often the last of them was accepted. */
  answers = { answered: 0, accepted: 0 };
  private isOld = false;
  private isWaiting = false;

  constructor(private readonly changed: () => void) {
    const address = new URL("live", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.hash = "";
    // What lets a page in lets its socket in.
    address.search = location.search;
    this.socket = new WebSocket(address);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => {
      for (const message of this.unsent.splice(0)) this.socket.send(message);
    };
    this.socket.onmessage = (event) => this.take(event.data);
    this.socket.onclose = () => {
      this.lost = true;
      for (const { reject } of this.questions.values()) reject(new Error(text.lost));
      this.questions.clear();
      changed();
      for (const resolve of this.settling.splice(0)) resolve();
    };
  }

  /** Whether it trains, as far as has been asked. */
  get running(): boolean {
    return this.seen < this.wanted.at ? this.wanted.running : (this.frame?.running ?? false);
  }

  /** Whether another experiment than the present one has been asked for from its beginning. */
  get isBeginning(): boolean {
    return this.opening?.begins === true || this.waiting.some(({ begins }) => begins);
  }

  /** Whether every change of the experiment has been answered. */
  get isAnswered(): boolean {
    return this.opening === null && !this.waiting.some(({ opens }) => opens);
  }

  /** Whether the frame is of the present experiment and has come of everything that was asked. */
  get isSettled(): boolean {
    return this.opening === null && this.waiting.length === 0 && !this.isOld && this.seen >= this.lastCommand;
  }

  /** Whether the frame is of the experiment that is open, rather than of the one before. */
  get isFresh(): boolean {
    return !this.isOld;
  }

  /** Ends when what is seen has come of everything that was asked. */
  settled(): Promise<void> {
    return this.isSettled || this.lost ? Promise.resolve() : new Promise((resolve) => this.settling.push(resolve));
  }

  /**
   * Opens what a link says, and asks for the first frame.
   * @param fallback What is opened where the link cannot be read.
   */
  begin(link: string, fallback?: string): void {
    this.refusal = null;
    this.send({ type: "speed", epochs: 1 });
    this.inOrder(() => this.openNow({ link }, true, fallback), { opens: true, begins: true });
    if (!this.begun) this.askFrame();
    this.begun = true;
  }

  /** Has the server do something, behind everything that was asked before. */
  send(command: Record<string, unknown>): void {
    if (command.type === "speed") {
      this.inOrder(() => this.write(command));
      return;
    }
    const drives = /^(play|pause|step|back|reset)$/.test(`${command.type}`);
    const wanted = { at: Infinity, running: command.type === "play" };
    if (drives) this.wanted = wanted;
    this.inOrder(() => this.write({ ...command, id: (wanted.at = this.number()) }));
    if (drives) this.changed();
  }

  // The server keeps the order of what it is sent. Only an experiment that is a change of the one before waits, and all behind it.
  private inOrder(act: () => void, { opens, begins } = { opens: false, begins: false }): void {
    this.waiting.push({ opens, begins, act });
    this.next();
  }

  private next(): void {
    while (this.waiting.length > 0 && !(this.waiting[0]!.opens && this.opening !== null)) this.waiting.shift()!.act();
  }

  private number(): number {
    this.isWaiting = true;
    return ++this.lastCommand;
  }

  private openNow(what: Record<string, unknown>, begins: boolean, fallback?: string): void {
    this.opening = { id: this.number(), begins, fallback };
    this.write({ type: "open", ...what, id: this.opening.id });
  }

  private write(command: Record<string, unknown>): void {
    const message = JSON.stringify(command);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
    else if (this.socket.readyState === WebSocket.CONNECTING) this.unsent.push(message);
  }

  private askFrame(): void {
    this.write({ type: "frame", show: ["curve"] });
  }

  /** Keeps the present run to be compared with. */
  async pin(): Promise<void> {
    await this.settled();
    if (this.opened === null || this.frame === null || this.pins.length >= MOST_PINS) return;
    const { epoch, touched } = this.frame;
    const link = touched || epoch > 100000 || this.isOld ? null : `${this.opened.link}&epoch=${epoch}`;
    this.addPin({ link, settings: this.opened.settings, epoch, history: withPresent(this.history, this.frame) });
  }

  /** Pins the runs that a link names: they are trained again. */
  async pinLinks(links: string[]): Promise<void> {
    for (const link of links.slice(0, MOST_PINS))
      try {
        const { settings, epoch, rows } = await this.ask<{ settings: Settings; epoch: number; rows: (number | null)[][] }>("curve", { link });
        const column = (at: number): (number | null)[] => rows.map((row) => row[at]!);
        const history = { epoch: column(0) as number[], train: column(1), test: column(2), penalty: column(3), rate: column(4) };
        this.addPin({ link, settings, epoch, history });
      } catch (error) {
        this.refuse((error as Error).message);
      }
  }

  private addPin(pin: Omit<Pin, "id">): void {
    if (this.pins.length >= MOST_PINS) return;
    // The lowest number that is free, so that each has a colour and a pattern of its own.
    const taken = new Set(this.pins.map(({ id }) => id));
    let id = 1;
    while (taken.has(id)) id++;
    this.pins = [...this.pins, { id, ...pin }];
    this.changed();
  }

  /** Says why something was not done. */
  refuse(reason: string): void {
    this.refusal = reason;
    this.changed();
  }

  unpin(id: number): void {
    this.pins = this.pins.filter((pin) => pin.id !== id);
    this.changed();
  }

  /** Asks something beside training; what is refused is an error with the server's sentence. */
  ask<T>(about: string, given: Record<string, unknown> = {}): Promise<T> {
    if (this.lost) return Promise.reject(new Error(text.lost));
    const id = ++this.lastQuestion;
    this.inOrder(() => this.write({ type: "ask", id, about, with: given }));
    return new Promise<T>((resolve, reject) => this.questions.set(id, { resolve, reject }));
  }

  /**
   * Another experiment, as a change of the present one; with keep the weights and the epoch stay where the network has the same shape, with
   * fit inputs, outputs and loss follow the data. A change that comes before the last is answered waits, and is made to what came of it.
   */
  open(change: (now: Opened) => Settings, keep = false, fit = false): void {
    this.refusal = null;
    const act = (): void => {
      if (this.opened !== null) this.openNow({ settings: { ...change(this.opened), epoch: "0" }, keep, fit }, false);
    };
    this.inOrder(act, { opens: true, begins: false });
  }

  private take(data: string | ArrayBuffer): void {
    if (typeof data !== "string") {
      this.draw(data);
      return;
    }
    const message = JSON.parse(data) as { type: string; id?: number; after?: number; answer?: unknown; reason?: string; at?: number | null };
    if (message.id !== undefined) {
      const question = this.questions.get(message.id);
      this.questions.delete(message.id);
      if (message.type === "answer") question?.resolve(message.answer as never);
      else question?.reject(new Refusal(message.reason ?? "", message.at ?? null));
      return;
    }
    if (message.type === "hello") this.hello = message as unknown as Hello;
    else if (message.type === "opened") {
      this.opened = message as unknown as Opened;
      // What is kept is drawn until there is a frame of the new experiment.
      this.isOld = true;
      if (!this.opened.kept) {
        this.frame = null;
        this.history = { epoch: [], train: [], test: [], penalty: [], rate: [] };
      }
      this.answered(true);
    } else if (message.type === "refused") {
      this.refusal = message.reason ?? "";
      // A refusal that names no command is of the whole page: nothing of what was asked will be seen.
      const after = message.after ?? this.lastCommand;
      this.seen = Math.max(this.seen, after);
      if (this.opening !== null && this.opening.id <= after) this.answered(false);
    }
    this.settle();
    this.changed();
    this.release();
  }

  private settle(): void {
    if (!this.isWaiting || !this.isSettled) return;
    this.isWaiting = false;
    this.settlements++;
  }

  private answered(isAccepted: boolean): void {
    const { begins, fallback } = this.opening ?? { begins: false, fallback: undefined };
    this.opening = null;
    // A link that cannot be read must not leave an empty page.
    if (!isAccepted && begins && this.hello !== null) this.openNow(fallback === undefined ? { settings: this.hello.defaults } : { link: fallback }, false);
    this.next();
    if (!this.isAnswered) return;
    const { answered, accepted } = this.answers;
    this.answers = { answered: answered + 1, accepted: accepted + (isAccepted ? 1 : 0) };
  }

  private release(): void {
    if (!this.isSettled) return;
    for (const resolve of this.settling.splice(0)) resolve();
  }

  private draw(data: ArrayBuffer): void {
    const length = new DataView(data).getUint32(0, true);
    const frame = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length))) as Frame;
    frame.maps = new Uint8Array(data, 4 + length);
    this.frame = frame;
    this.isOld = false;
    this.seen = Math.max(this.seen, frame.after);
    this.settle();
    this.remember(frame);
    requestAnimationFrame(() => {
      this.changed();
      this.release();
      this.askFrame();
    });
  }

  private remember({ curve }: Frame): void {
    if (curve === undefined || (curve.rows.length === 0 && curve.from === this.history.epoch.length)) return;
    const column = (old: (number | null)[], at: number): (number | null)[] => [...old.slice(0, curve.from), ...curve.rows.map((row) => row[at]!)];
    const { epoch, train, test, penalty, rate } = this.history;
    this.history = {
      epoch: column(epoch, 0) as number[],
      train: column(train, 1),
      test: column(test, 2),
      penalty: column(penalty, 3),
      rate: column(rate, 4),
    };
  }
}

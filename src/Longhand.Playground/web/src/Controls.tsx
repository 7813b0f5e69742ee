import { Choice } from "./fields";
import type { Client, Hello, Opened } from "./protocol";
import { type Column, chooseData, classLosses, columnsOf, headOf, readLine, regressionData, writeLine, writeNetwork } from "./settings";
import { text } from "./text";

const rates = ["0.00001", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"];
const strengths = ["0", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"];

/** The line of choices: how it is trained. */
export function Controls({ client, hello, opened }: { client: Client; hello: Hello; opened: Opened }) {
  const { settings } = opened;
  const isRegression = regressionData.includes(readLine(settings.data).name);
  const optimizer = readLine(settings.optimizer);
  const [penalty = "none", strength = "0"] = settings.regularization.split(" ");
  const hidden = opened.layers.slice(0, -1).map((layer) => layer.activation || "identity");
  const shared = hidden.every((name) => name === hidden[0]) ? (hidden[0] ?? "tanh") : "";
  const withColumns = (now: Opened, change: (column: Column, isOutput: boolean) => Column): string => {
    const columns = columnsOf(now.layers);
    return writeNetwork(now.features.length, columns.map((column, i) => change(column, i === columns.length - 1)));
  };
  const regularize = (kind: string, by: string): void =>
    client.open((now) => ({ ...now.settings, regularization: kind === "none" || Number(by) === 0 ? "none" : `${kind} ${by}` }), true);
  return (
    <div class="controls">
      <Choice
        name="problem"
        label={text.problem}
        value={isRegression ? "regression" : "classification"}
        choices={[["classification", text.classification], ["regression", text.regression]]}
        onChoose={(kind) => client.open((now) => chooseData(now, kind === "regression" ? "plane" : "circle"))}
      />
      {hidden.length > 0 && (
        <Choice
          name="activation"
          label={text.activation}
          value={shared}
          choices={shared === "" ? [["", text.mixed], ...hello.activations] : hello.activations}
          onChoose={(activation) =>
            activation !== "" &&
            client.open((now) => ({ ...now.settings, network: withColumns(now, (column, isOutput) => (isOutput ? column : { ...column, activation })) }))
          }
        />
      )}
      <Choice
        name="loss"
        label={text.loss}
        value={settings.loss}
        choices={hello.losses.filter((loss) => !isRegression || !classLosses.includes(loss))}
        onChoose={(loss) =>
          client.open((now) => ({
            ...now.settings,
            loss,
            network: withColumns(now, (column, isOutput) => (isOutput ? { ...column, activation: headOf(loss, isRegression) } : column)),
          }))
        }
      />
      <Choice
        name="optimizer"
        label={text.optimizer}
        value={optimizer.name}
        choices={hello.optimizers}
        onChoose={(name) => client.open((now) => ({ ...now.settings, optimizer: writeLine({ name, options: { lr: optimizer.options.lr ?? "0.03" } }) }), true)}
      />
      <Choice
        name="rate"
        label={text.rate}
        value={optimizer.options.lr ?? ""}
        choices={rates}
        onChoose={(lr) => client.open((now) => ({ ...now.settings, optimizer: writeLine({ ...optimizer, options: { ...optimizer.options, lr } }) }), true)}
      />
      <Choice
        name="regularization"
        label={text.regularization}
        value={penalty}
        choices={[["none", text.none], ["l1", "L1"], ["l2", "L2"]]}
        onChoose={(kind) => regularize(kind, Number(strength) === 0 ? "0.001" : strength)}
      />
      {penalty !== "none" && <Choice name="regularization" label={text.strength} value={strength} choices={strengths} onChoose={(by) => regularize(penalty, by)} />}
    </div>
  );
}

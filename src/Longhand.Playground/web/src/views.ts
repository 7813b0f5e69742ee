import type { ComponentType } from "preact";
import type { Client } from "./client";
import { text } from "./text";
import { Boolean } from "./views/Boolean";
import { Convolution } from "./views/Convolution";
import { Descent } from "./views/Descent";
import { Images } from "./views/Images";
import { Ledger } from "./views/Ledger";
import { Playground } from "./views/Playground";
import { Shapes } from "./views/Shapes";

/** What the dialog of the keys says of a view. */
export interface Help {
  lead: string;
  keys: [string, string][];
}

export interface ViewProps {
  client: Client;
  /** What stands in the address behind the view's name: the view's own state, and its own way to write it. */
  rest: string;
  /** Has the address say another state; nothing is drawn again for it. */
  setRest: (rest: string) => void;
  setHelp: (help: Help) => void;
}

export interface View {
  /** As it stands in an address: #view=shapes&… */
  id: string;
  title: string;
  component: ComponentType<ViewProps>;
}

/** The page's views in the order of its navigation; an address without a view shows the first. */
export const views: View[] = [
  { id: "playground", title: text.views.playground, component: Playground },
  { id: "ledger", title: text.views.ledger, component: Ledger },
  { id: "images", title: text.views.images, component: Images },
  { id: "shapes", title: text.views.shapes, component: Shapes },
  { id: "convolution", title: text.views.convolution, component: Convolution },
  { id: "descent", title: text.views.descent, component: Descent },
  { id: "boolean", title: text.views.boolean, component: Boolean },
];

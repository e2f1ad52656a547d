/** What Dash and Plotly put into the page. Our own modules need no entry: they are inferred from their files. */
interface DashFunctions {
  no_update: unknown;
  set_props(id: string | Record<string, string>, props: Record<string, unknown>): void;
  callback_context: { inputs: Record<string, any>; triggered: { prop_id: string }[] };
}

interface PlotlyGraph extends HTMLElement {
  data: Record<string, any>[];
  layout: Record<string, any>;
  _fullData?: any[];
  calcdata?: any[][];
  emit(name: string): void;
  on(name: string, act: (event: any) => void): void;
  once(name: string, act: (event: any) => void): void;
}

interface PlotlyFunctions {
  react(
    graph: PlotlyGraph,
    data: unknown[],
    layout: Record<string, unknown>,
    config?: Record<string, unknown>,
  ): Promise<unknown>;
  update(
    graph: PlotlyGraph,
    traces: Record<string, unknown>,
    layout: Record<string, unknown>,
  ): Promise<unknown>;
  relayout(graph: PlotlyGraph, layout: Record<string, unknown>): Promise<unknown>;
  Plots: { resize(graph: PlotlyGraph): Promise<unknown> };
  Fx: { unhover(graph: PlotlyGraph): void };
}

declare const Plotly: PlotlyFunctions;
declare const React: {
  createElement(tag: string, props: Record<string, unknown>, ...children: unknown[]): unknown;
  useRef(value: null): { current: Element | null };
  useLayoutEffect(effect: () => void, when?: unknown[]): void;
};

interface Window {
  dash_clientside: DashFunctions;
  Plotly: PlotlyFunctions | Promise<PlotlyFunctions>;
  ipi_components: Record<string, (props: any) => unknown>;
  /** dash-ag-grid's, on the pages of the staff that have a grid */
  dashAgGridFunctions?: Record<string, (value: any) => any>;
  dashAgGridComponentFunctions?: Record<string, (props: any) => unknown>;
  dash_ag_grid: { getApiAsync(id: string): Promise<any> };
}

/** The value of every year; values and which of them each year has; names and which of them each place has by year. */
type ByYear =
  unknown[] | { values: unknown[]; years: number[] } | { names: Names; codes: number[][] };
/** Names, or patterns and of each name the number of its pattern and what stands in the gaps {0}, {1} … */
type Names = unknown[] | { patterns: string[]; cells: (string | number)[][] };
type Attributes = Record<string, unknown>;
/** trace number or "layout" -> attribute -> its values */
type GraphFrames = Record<string, Record<string, ByYear>>;

interface Control {
  id: string;
  property: string;
  /** what it stands at for the choice that is shown, and for none */
  value: string | string[];
  empty: string | string[];
}

interface Overlay {
  lines: [string, number, number, number, number][];
  outline: string;
  circles: [number, number, string][];
  notes: [number, number, string][];
  edges: number[];
  high: number;
  tops: number[];
  stops: number[];
  rows: [string, number, number, number, [string, boolean][]][][];
  totals: [number, number, boolean, string][];
  ghost: string;
  gaps: string;
}

interface Ranking {
  keys: string[];
  names: string[];
  numbers: ByYear;
  marks: number[][][];
  orders: (number[] | null)[];
}

/** The JSON of the store `frames`: ../README.md */
interface Frames {
  years: [number, number];
  at: number;
  graphs: Record<string, GraphFrames>;
  texts: Record<string, string | string[]>;
  ranking?: Ranking;
  sparks?: Record<string, [number[], number[]]>;
  over?: Overlay;
  chosen?: { name: string; value: string; label: string; many?: string | boolean }[];
  notices?: string[];
  query: string;
  controls: Record<string, Control>;
  look?: { theme: string; narrow: boolean };
  kept: string[];
  shapes: Record<string, string>;
  options: Record<string, { value: string; label: string }[]>;
  charts: string[];
  key: string;
  version: string;
  follows_year: boolean;
}

/** Who shows frames in another way than by Dash's controls. */
interface Owner {
  setYear(wanted: number): void;
  toggle(name: string, value: string): void;
}

/** `layout.meta.world` of a map: what it shows, the most that it may, how wide a degree is at the equator against how
 * high, and by what share of it less, times the square of the latitude. */
interface WorldFrame {
  lon: [number, number];
  lat: [number, number];
  most_lon: [number, number];
  most_lat: [number, number];
  degree: number;
  narrowing: number;
}

// ---- the stage: ../README.md
interface StageDrawing {
  figure: { data: Record<string, any>[]; layout: Record<string, any> };
  frames: GraphFrames;
  shape: string;
}

interface StageView {
  years: [number, number];
  charts: Record<string, StageDrawing>;
  texts: Record<string, string | string[]>;
  ranking?: Ranking;
  over?: Overlay;
  /** what is another on a canvas that is less wide for its height */
  square?: { charts: Record<string, StageDrawing>; over?: Overlay };
}

interface StageSlide {
  view: string;
  year: number | null;
  texts: Record<string, string | string[]>;
  moves: boolean;
}

interface StageAnswer {
  query: string;
  views: Record<string, StageView>;
  slides: StageSlide[];
}

interface StageFrames extends Frames {
  drawings: Record<string, StageDrawing>;
  start: number | null;
  moves: boolean;
}

/** What the room sees. */
interface StageState {
  at: number;
  region: string;
  country: string;
  years: Record<number, number>;
  isBlack: boolean;
}

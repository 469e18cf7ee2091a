import type { Network, Node } from './network';
import { layoutOf } from './layout';
import { ShapeError, type LayerFactory, type ParameterSpec } from './layers/layer';
import { sizeOf } from './layers/unary';

/** What a layer gives out, for the layers that read it. */
export interface Value {
  readonly node: number;
  readonly shape: readonly number[];
}

/** Composes a network, layer by layer; what it reads like is the architecture. */
export class NetworkBuilder {
  readonly input: Value;
  private readonly nodes: Node[] = [];
  private readonly parameters: ParameterSpec[] = [];

  constructor(private readonly inputShape: readonly number[]) {
    this.input = { node: -1, shape: inputShape };
  }

  /**
   * Adds a layer that reads these values. Its weights are named `name.parameter`.
   * @throws ShapeError that names the layer where the shapes do not fit
   */
  apply(name: string, factory: LayerFactory, ...inputs: readonly Value[]): Value {
    return this.place(name, factory, inputs, (parameters) =>
      parameters.map((parameter) => {
        this.parameters.push({ ...parameter, name: `${name}.${parameter.name}` });
        return this.parameters.length - 1;
      }),
    );
  }

  /**
   * Adds a layer with weights that other layers own already, by their full names.
   * @throws ShapeError where one of them is not there or has another shape
   */
  applyShared(
    name: string,
    factory: LayerFactory,
    owned: readonly string[],
    ...inputs: readonly Value[]
  ): Value {
    return this.place(name, factory, inputs, (parameters) =>
      parameters.map((parameter, i) => this.find(owned[i] ?? '', parameter)),
    );
  }

  /** The network whose output is this value, the last one that was added. */
  build({ shape }: Value): Network {
    return {
      nodes: this.nodes,
      layout: layoutOf(this.parameters),
      initializers: this.parameters.map((parameter) => (random) => parameter.initialize(random)),
      inputShape: this.inputShape,
      inputs: sizeOf(this.inputShape),
      outputs: sizeOf(shape),
    };
  }

  private place(
    name: string,
    factory: LayerFactory,
    inputs: readonly Value[],
    own: (parameters: readonly ParameterSpec[]) => number[],
  ): Value {
    try {
      const layer = factory(...inputs.map(({ shape }) => shape));
      const entries = own(layer.parameters);
      this.nodes.push({ name, layer, inputs: inputs.map(({ node }) => node), entries });
      return { node: this.nodes.length - 1, shape: layer.outputShape };
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw new ShapeError(`the layer \`${name}\` ${error.message}`);
    }
  }

  private find(name: string, { shape }: ParameterSpec): number {
    const index = this.parameters.findIndex((parameter) => parameter.name === name);
    if (this.parameters[index]?.shape.join() !== shape.join())
      throw new ShapeError(`shares \`${name}\`, which is not there in the shape it needs`);
    return index;
  }
}

/** What backends can hold, as far as it is the same on every machine: the editor warns before the engine refuses. */

/** The module's heap ends at 4 GiB and keeps a packed second copy of weights; this leaves it room for them. */
export const WASM_BUDGET_BYTES = 3 * 2 ** 30;

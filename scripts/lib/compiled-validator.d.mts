/** The validator of the experiment schema as the text of a CommonJS module, which exports the function. */
export declare function validatorCode(): Promise<string>;
export declare const compiledValidator: import('esbuild').Plugin;

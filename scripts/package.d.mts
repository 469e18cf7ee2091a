export declare function packageExtension(): Promise<string>;

export declare const minilmFolder: string;
export declare function missingMinilm(): string | undefined;

export declare const codeServerVersion: string;
export declare const codeServerFolder: string;
export declare const codeServer: string;
export declare const codeServerStamp: string;
export declare function findBrowser(): string | undefined;
export declare function missingForE2e(): string | undefined;

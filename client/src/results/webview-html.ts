/** The page of the results panel. Pure, so that its content security policy is tested in a browser as it ships. */

export interface PageParts {
  /** Where the editor serves the panel's own files from, as a CSP source. */
  cspSource: string;
  scriptUri: string;
  styleUri: string;
  /** Fresh for every page; only a script that carries it runs. */
  nonce: string;
  language: string;
  /** Translations of the panel's sentences, by English sentence. */
  translations: Readonly<Record<string, unknown>>;
}

/** The page: nothing is loaded but the panel's own script and style sheet, and nothing inline is allowed. */
export function webviewHtml(page: PageParts): string {
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(page.language)}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy(page))}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${escapeAttribute(page.styleUri)}">
  <title>FIP Lab</title>
</head>
<body data-translations="${escapeAttribute(JSON.stringify(page.translations))}">
  <main id="app"></main>
  <script nonce="${escapeAttribute(page.nonce)}" src="${escapeAttribute(page.scriptUri)}"></script>
</body>
</html>
`;
}

function policy({ cspSource, nonce }: PageParts): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

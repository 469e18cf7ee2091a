/** The colours and the font of the editor's theme, for what cannot read CSS variables by itself. */
export interface Theme {
  foreground: string;
  muted: string;
  grid: string;
  background: string;
  font: string;
  /** Colours of series, by style. */
  series: string[];
}

/** Reads the theme as it is now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string) => style.getPropertyValue(name).trim();
  return {
    foreground: variable('--fip-foreground'),
    muted: variable('--fip-muted'),
    grid: variable('--fip-grid'),
    background: variable('--fip-background'),
    font: style.fontFamily,
    series: [1, 2, 3, 4, 5, 6].map((index) => variable(`--fip-series-${index}`)),
  };
}

/** Calls `listener` when the user changes the theme: VS Code then changes the body's classes and the variables. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
}

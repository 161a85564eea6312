import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.ts';
import { typedIn } from './typed-in.ts';
import { capital } from './words.ts';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];
const kept = 'polywire-console-theme';

function theme(): Theme {
  try {
    return themes.find((known) => known === localStorage.getItem(kept)) ?? 'system';
  } catch {
    return 'system';
  }
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

/** Shows the console in the colours that were chosen in this browser; the system's if none were, and as these change. */
export function applyTheme(chosen: Theme = theme()): void {
  document.documentElement.dataset['theme'] = chosen === 'system' ? (prefersDark.matches ? 'dark' : 'light') : chosen;
  prefersDark.onchange = () => applyTheme(chosen);
}

/** Chooses between the colours of the system, light and dark. */
export function ThemeSwitch(): VNode {
  const [chosen, setChosen] = useState(theme);
  const choose = (event: Event): void => {
    const next = typedIn(event) as Theme;
    try {
      localStorage.setItem(kept, next);
    } catch {
      // a browser that keeps nothing shows it until the page is left
    }
    setChosen(next);
    applyTheme(next);
  };
  return html`<select class="theme" aria-label="Colours" value=${chosen} onChange=${choose}>
    ${themes.map((name) => html`<option value=${name}>${capital(name)}</option>`)}
  </select>`;
}

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../../html.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { typedIn } from '../../parts/typed-in.ts';
import { hasWords } from '../../parts/words.ts';
import { go, pathTo, type Route, withQuery } from '../../route.ts';
import { useCall } from '../../use-call.ts';
import { Deeds } from '../records/record-page.ts';
import { ChangeSettings, ResetSettings } from './setting-dialog.ts';
import {
  changedWith,
  type KnownSetting,
  type SettingsAnswer,
  settingTitle,
  switchNames,
  valueIn,
  valueText,
} from './setting-edit.ts';

/** Every setting with what it does, its value and its default. */
export function SettingsSection({ route }: { readonly route: Route }): VNode {
  const called = useCall<SettingsAnswer>('admin.settings');
  const [shown, setShown] = useState('all');
  if (called.value === undefined) return html`<${Waiting} called=${called} what="the settings" />`;
  const words = route.query.get('find') ?? '';
  const { known, changed } = called.value;
  const matches = hasWords(words);
  const found = known.filter(({ name, description }) => {
    if (shown === 'changed' && !changed.some((one) => one === name || name.startsWith(`${one}/`))) return false;
    return matches(`${name} ${settingTitle(name)} ${description}`);
  });
  const find = (event: Event): void => {
    go(withQuery(pathTo('administration', 'settings'), { find: typedIn(event) }), true);
  };
  return html`<h1>Settings</h1>
    <p class="muted intro">What holds for the whole site. Changes count within two seconds, in every process.</p>
    <div class="toolbar">
      <input type="search" aria-label="Find in settings" placeholder="Find" value=${words} onInput=${find} />
      <select aria-label="Which settings" value=${shown} onChange=${(event: Event) => setShown(typedIn(event))}>
        <option value="all">All settings</option><option value="changed">Those that were changed</option>
      </select>
      <span class="muted small" role="status">${found.length} of ${known.length}</span>
    </div>
    ${
      found.length === 0
        ? html`<${Empty} title="Nothing matches" />`
        : html`<ul class="lines settings">${found.map((setting) => html`<${Line} key=${setting.name} setting=${setting} answer=${called.value} reload=${called.reload} />`)}</ul>`
    }`;
}

interface LineProps {
  readonly setting: KnownSetting;
  readonly answer: SettingsAnswer;
  readonly reload: () => void;
}

function Line(props: LineProps): VNode {
  const { setting, answer } = props;
  const { name, description, default: usual } = setting;
  const value = valueText(valueIn(answer.settings, name));
  const changed = value !== valueText(usual);
  return html`<li class="line">
    <div class="line-main">
      <span><span class="mono setting-name">${settingTitle(name)}</span> ${changed ? html`<span class="pill pill-accent">changed</span>` : null}</span>
      <span class="muted small">${description}</span>
      <span class="setting-value">${value}${changed ? html` <span class="muted small">default: ${valueText(usual)}</span>` : null}</span>
    </div>
    ${switchNames.includes(name) ? html`<a class="button button-small" href=${pathTo('administration', 'switches')}>Switches</a>` : html`<${Actions} ...${props} changed=${changed} />`}
  </li>`;
}

function Actions({ setting, answer, reload, changed }: LineProps & { readonly changed: boolean }): VNode {
  const settings = changedWith(answer.known, setting.name);
  const change = {
    label: 'Change',
    dialog: (close: () => void) =>
      html`<${ChangeSettings} settings=${settings} held=${answer.settings} reload=${reload} close=${close} />`,
  };
  const back = {
    label: 'Set back',
    dialog: (close: () => void) => html`<${ResetSettings} settings=${settings} reload=${reload} close=${close} />`,
  };
  return html`<${Deeds} deeds=${changed ? [back, change] : [change]} small />`;
}

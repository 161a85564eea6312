import type { VNode } from 'preact';
import { html } from '../../html.ts';
import { Empty, Waiting } from '../../parts/notice.ts';
import { pathTo, type Route } from '../../route.ts';
import { useCall } from '../../use-call.ts';
import type { FieldSpec } from './form-fields.ts';
import { MakeDialog } from './make-dialog.ts';
import { RecordList, type RecordSort } from './record-list.ts';
import { Deeds } from './record-page.ts';
import type { Issued } from './secret-dialog.ts';

/** What the page of a record is given. */
export interface RecordProps<R> {
  readonly record: R;
  readonly reload: () => void;
}

/** How the section of one sort of records is made. */
interface SectionSort<R, Made> extends RecordSort<R> {
  /** The function that lists them. */
  readonly list: string;
  /** The function that makes one by a form, and what its button says. */
  readonly make: {
    readonly name: string;
    readonly action: string;
    readonly fields: readonly FieldSpec[];
    readonly issued?: (answer: Made) => Issued;
  };
  readonly page: (props: RecordProps<R>) => VNode;
}

/** The section of one sort of records: all of them with what makes a new one, or the one that the address names. */
export function recordsSection<R, Made = unknown>(
  sort: SectionSort<R, Made>,
): (props: { readonly route: Route }) => VNode {
  const { section, title, one, list, make, page: Page } = sort;
  return ({ route }) => {
    const called = useCall<readonly R[]>(list);
    const { value: records, reload } = called;
    if (records === undefined) return html`<${Waiting} called=${called} what=${`the ${title.toLowerCase()}`} />`;
    const id = route.segments[2];
    if (id === undefined) {
      const making = {
        label: `New ${one}`,
        tone: 'main',
        dialog: (close: () => void) =>
          html`<${MakeDialog} title=${`New ${one}`} ...${make} made=${reload} close=${close} />`,
      };
      return html`<${RecordList} sort=${sort} records=${records} route=${route}><${Deeds} deeds=${[making]} /><//>`;
    }
    const record = records.find((each) => sort.idOf(each) === id);
    return html`<p class="small"><a href=${pathTo('administration', section)}>${title}</a></p>
      ${record === undefined ? html`<${Empty} title=${`There is no such ${one}`} />` : html`<div key=${id}><${Page} record=${record} reload=${reload} /></div>`}`;
  };
}

import { Fault } from '../../lib/fault.ts';
import type { Node } from './tree.ts';

/**
 * The multi-reference values of one message (SOAP 1.1 §5.2.1, §5.4.1). What references expand to counts as if it were
 * written out: a message cannot become larger by them than it could have been sent.
 */
export class References {
  readonly #targets = new Map<string, Node>();
  /** Targets whose content is being read: to meet one again is a loop. */
  readonly #open = new Set<Node>();
  readonly #limit: number;
  /** Characters that references have expanded to. */
  expanded = 0;

  constructor(roots: readonly Node[], limit: number) {
    this.#limit = limit;
    for (const root of roots) this.#index(root);
  }

  /** Begins to read the message, which may have been left in the middle. */
  restart(): void {
    this.#open.clear();
    this.expanded = 0;
  }

  /** Reads a node, or what it refers to. */
  follow<T>(node: Node, read: (node: Node) => T): T {
    const { href, id } = node.attributes;
    if (href === undefined && id === undefined) return read(node);
    if (this.#open.has(node)) throw new Fault('invalid-request', 'References in the message form a loop');
    this.#open.add(node);
    const value = href === undefined ? read(node) : this.follow(this.#target(href, node), read);
    this.#open.delete(node);
    return value;
  }

  /** What a node is in the end, without reading it. */
  resolve(node: Node): Node {
    return this.follow(node, (target) => target);
  }

  #index(node: Node): void {
    const { id } = node.attributes;
    if (id !== undefined) {
      if (this.#targets.has(id)) throw new Fault('invalid-request', `The id ${id.slice(0, 100)} is given twice`);
      this.#targets.set(id, node);
    }
    for (const child of node.children) this.#index(child);
  }

  #target(href: string, node: Node): Node {
    const target = href.startsWith('#') ? this.#targets.get(href.slice(1)) : undefined;
    if (target === undefined) {
      throw new Fault('invalid-request', `The reference ${href.slice(0, 100)} leads to nothing in the message`);
    }
    if (node.children.length > 0 || node.text.trim() !== '')
      throw new Fault('invalid-request', 'A reference has content of its own');
    this.expanded += target.weight;
    if (this.expanded > this.#limit) {
      throw new Fault('too-large', `References expand the message beyond ${this.#limit} characters`);
    }
    return target;
  }
}

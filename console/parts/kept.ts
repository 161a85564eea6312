import { Component, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that is drawn anew only where what it shows has changed; for lists of hundreds, whose rows use no hooks. */
export function kept<P extends object>(View: (props: P) => VNode, shows: (props: P) => string) {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return shows(next) !== shows(this.props);
    }

    override render(props: P): VNode {
      return View(props);
    }
  };
}

const first = 120;

/** How many of many rows to draw: a screenful at once, and the others right after it. */
export function useGrowing(count: number, key: string): number {
  const [drawn, setDrawn] = useState({ key, most: first });
  const most = drawn.key === key ? drawn.most : first;
  useEffect(() => {
    if (most >= count) return undefined;
    const timer = setTimeout(() => setDrawn({ key, most: most + first }), 30);
    return () => clearTimeout(timer);
  }, [count, key, most]);
  return Math.min(count, most);
}

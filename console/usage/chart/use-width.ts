import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** How wide an element is, now and when that changes; 0 until it is known. */
export function useWidth<T extends Element>(): { readonly element: RefObject<T | null>; readonly width: number } {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const found = element.current;
    if (found === null) return undefined;
    const measure = (): void => setWidth(Math.floor(found.getBoundingClientRect().width));
    const observer = new ResizeObserver(measure);
    observer.observe(found);
    measure();
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

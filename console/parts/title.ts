import { useEffect } from 'preact/hooks';

/** Names what is shown where the browser names its pages. */
export function useTitle(text: string): void {
  useEffect(() => {
    document.title = `${text} · Polywire`;
  }, [text]);
}

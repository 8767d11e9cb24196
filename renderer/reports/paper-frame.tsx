import { useMantineStyleNonce } from '@mantine/core';
import type { Ref } from 'react';

interface PaperFrameProps {
  ref?: Ref<HTMLIFrameElement>;
  /** A whole document. */
  page: string;
  title: string;
  className?: string | undefined;
  onLoad: (frame: HTMLIFrameElement) => void;
}

/**
 * A paper as a document of its own: no script of it runs and nothing is loaded. The window's policy holds for it as well, so its style
 * carries the nonce of the window's.
 */
export function PaperFrame({ ref, page, title, className, onLoad }: PaperFrameProps) {
  const nonce = useMantineStyleNonce()?.() ?? '';
  return (
    <iframe
      ref={ref}
      className={className}
      title={title}
      // The window measures it and prints it; it can do nothing itself.
      sandbox="allow-same-origin allow-modals"
      srcDoc={page.replace('<style>', `<style nonce="${nonce}">`)}
      onLoad={({ currentTarget }) => onLoad(currentTarget)}
    />
  );
}

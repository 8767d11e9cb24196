import { t } from '../language/words.ts';
import { Button, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useProgram } from '../program/program.tsx';
import classes from './open-file.module.css';

/** What is read in place of a phone: chosen, named by its path, or dropped anywhere onto the window. */
export function OpenFile() {
  const { files } = useProgram();
  const chooser = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState('');
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() !== '') files.openPath(path.trim());
  };
  return (
    <section className={classes.open} aria-label={t('Open a bug report or backup')}>
      <p className={classes.what}>
        {t(
          'An Android bug report (.zip or .txt), a saved capture, an iPhone’s backup folder, or a case (.phonecase) of another computer. You can also drop it onto this window.',
        )}
      </p>
      <input
        ref={chooser}
        type="file"
        className={classes.hidden}
        tabIndex={-1}
        aria-label={t('File to open')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) files.openFile(file);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
      <Button variant="default" onClick={() => chooser.current?.click()}>
        {t('Choose a file…')}
      </Button>
      <form className={classes.path} onSubmit={open}>
        <TextInput
          label={t('Or where it lies on this computer')}
          placeholder={t('For example {path}', { path: '/home/me/bugreport.zip' })}
          value={path}
          onChange={({ currentTarget }) => setPath(currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('Open')}
        </Button>
      </form>
    </section>
  );
}

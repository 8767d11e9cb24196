import { t } from '../language/words.ts';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Problem } from '../../electron/api.ts';
import { PhoneText } from '../parts/phone-text.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { useProgram } from '../program/program.tsx';
import classes from './open-file.module.css';

const holdsFiles = ({ dataTransfer }: DragEvent): boolean =>
  dataTransfer?.types.some((type) => type === 'Files') ?? false;

const onlyOne = (): Problem => ({
  code: 'several-files',
  message: t('Only one file can be opened at a time.'),
  steps: [t('Drop one bug report, or put the files of one phone into a zip.')],
  details: null,
});
const noFolder = (): Problem => ({
  code: 'folder-dropped',
  message: t('A browser gives no folder away.'),
  steps: [t('Choose “Open a bug report or backup” on the first screen, and type where the folder lies.')],
  details: null,
});

/** Whether a file is held over the window; one that is dropped is opened. */
function useDrop(): boolean {
  const { files } = useProgram();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    // Whatever a file passes over on its way sends both events; only the last of them leaves the window.
    let depth = 0;
    const over = (event: DragEvent): void => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const { items, files: dropped } = event.dataTransfer ?? {};
      const [file, another] = dropped ?? [];
      if (file === undefined) return;
      const isFolder = items?.[0]?.webkitGetAsEntry()?.isDirectory ?? false;
      if (another !== undefined) files.refuse(onlyOne());
      else if (isFolder && window.phoneHealth === undefined) files.refuse(noFolder());
      else files.openFile(file);
    };
    const listeners = [
      ['dragover', over],
      ['dragenter', enter],
      ['dragleave', leave],
      ['drop', drop],
    ] as const;
    for (const [name, listener] of listeners) window.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener);
    };
  }, [files]);
  return isOver;
}

/** A file in place of a phone, on whatever screen: dropped, being read, opened like a phone, or not to be read. */
export function FileDrop() {
  const { files, works } = useProgram();
  const navigate = useNavigate();
  const { reading, problem } = useSyncExternalStore(files.subscribe, files.get);
  const isOver = useDrop();
  useEffect(
    () =>
      files.onOpened((opened) => {
        if ('case' in opened) return void navigate({ to: '/cases/$id', params: { id: opened.case } });
        const { phoneId, snapshot, isLast } = opened;
        // The phone itself, and what was read of it since, say more than a file of it.
        if (!isLast && snapshot !== null) return void navigate({ to: '/snapshots/$id', params: { id: snapshot } });
        works.judgeAgain(phoneId);
        void navigate({ to: '/phones/$phoneId', params: { phoneId } });
      }),
    [files, works, navigate],
  );
  return (
    <>
      {isOver ? <div className={classes.drop}>{t('Drop the bug report or backup here')}</div> : null}
      <output>
        {reading === null ? null : (
          <span className={classes.reading}>
            <span>{t.rich('Reading {file}…', { file: <PhoneText>{reading}</PhoneText> })}</span>
            <Button variant="default" size="xs" onClick={() => files.cancel()}>
              {t('Cancel')}
            </Button>
          </span>
        )}
      </output>
      {problem === null ? null : (
        <div className={classes.failed}>
          <ProblemNotice problem={problem}>
            <div>
              <Button variant="default" size="xs" onClick={() => files.forget()}>
                {t('Close')}
              </Button>
            </div>
          </ProblemNotice>
        </div>
      )}
    </>
  );
}

import classes from './correction.module.css';

/** Commands to the letter. A line breaks between words only, so that `-` is never torn from what follows it. */
export function Commands({ label, commands }: { label: string; commands: readonly string[] }) {
  return (
    <div>
      <p className={classes.label}>{label}</p>
      <code className={classes.commands}>
        {commands.map((command) => (
          <span key={command} className={classes.command}>
            <bdi>
              {command.split(/(?<= )/).map((word, index) => (
                <span key={`${index} ${word}`} className={classes.word}>
                  {word}
                </span>
              ))}
            </bdi>
          </span>
        ))}
      </code>
    </div>
  );
}

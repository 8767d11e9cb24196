import { t } from '../language/words.ts';
import type { CardState } from './card-state.ts';

/** The state in as few words as can be read from a metre. */
export function stateWords(state: CardState): string {
  switch (state.kind) {
    case 'unplugged':
      return t('Unplugged');
    case 'unreadable':
      return unreadableWords(state.state);
    case 'asks':
      return t('Asks you');
    case 'waits-for-turn':
      return t('Waits its turn');
    case 'scanning':
      return t('Scanning {percent, number} %', { percent: state.percent });
    case 'fixing':
      return t('Fixing {at, number}/{of, number}', { at: state.at, of: state.of });
    case 'correcting':
      return t('Fixing');
    case 'undoing':
      return t('Putting back');
    case 'take-photo':
      return t('Take a photo');
    case 'photo-on-its-way':
      return t('Watching photo');
    case 'ready':
      return t('Ready');
    case 'cut-off':
      return t('Interrupted');
    case 'not-scanned':
      return t('Not scanned');
    case 'broke-off':
      return t('Broke off');
    case 'problems':
      return t('{count, plural, one {# problem} other {# problems}}', { count: state.count });
    case 'stalled':
      return t('No photo leaves');
    case 'photo-next':
      return t('Photo next');
    case 'unclear':
      return t('Unclear');
    case 'nothing-new':
      return t('All fine');
    case 'proven':
      return t('Proven');
  }
}

function unreadableWords(state: Extract<CardState, { kind: 'unreadable' }>['state']): string {
  switch (state) {
    case 'unauthorized':
      return t('Allow on phone');
    case 'untrusted':
      return t('Trust on phone');
    case 'locked':
      return t('Locked');
    case 'offline':
      return t('Not answering');
    case 'recovery':
    case 'sideload':
      return t('Restart it');
    case 'no-permission':
      return t('No access');
  }
}

/** `5 min`, `1 h 05 min`. */
export function minutesWords(minutes: number): string {
  if (minutes < 60) return t('{minutes, number} min', { minutes });
  return t('{hours, number} h {minutes} min', {
    hours: Math.floor(minutes / 60),
    minutes: String(minutes % 60).padStart(2, '0'),
  });
}

/** What is counted of all phones; what there is none of is not said. */
export function countWords({ hands, problems, proven }: { hands: number; problems: number; proven: number }): string {
  const parts = [
    hands === 0 ? '' : t('{count, plural, one {# needs hands} other {# need hands}}', { count: hands }),
    problems === 0 ? '' : t('{count, plural, one {# with problems} other {# with problems}}', { count: problems }),
    proven === 0 ? '' : t('{count, plural, one {# proven} other {# proven}}', { count: proven }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

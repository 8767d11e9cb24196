import { useParams } from '@tanstack/react-router';
import classes from '../parts/run.module.css';
import { TestPhotoSection } from './test-photo.tsx';
import { WatchSection } from './watch.tsx';

/** The proof in one place: a photo that is seen to leave now, and what is seen over days. */
export function ProveScreen() {
  const { phoneId } = useParams({ from: '/phones/$phoneId' });
  return (
    <div className={classes.screen}>
      <TestPhotoSection phoneId={phoneId} />
      <WatchSection phoneId={phoneId} />
    </div>
  );
}

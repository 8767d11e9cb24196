// The shared parts, findings and results of the window, each in its states: `npm run gallery` prints where it is to be looked at.
import { serveGallery } from './serve.ts';

const { url } = await serveGallery();
console.log(url);

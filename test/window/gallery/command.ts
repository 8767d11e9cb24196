// Every part of the window in every state: `npm run gallery` prints where it is to be looked at.
import { serveGallery } from './serve.ts';

const { url } = await serveGallery();
console.log(url);

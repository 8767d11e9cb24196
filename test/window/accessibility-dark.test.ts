import { axeFindsNothing } from './axe-walk.ts';

axeFindsNothing('dark');

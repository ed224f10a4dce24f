// `cli.tsx` imports this before anything else: a module runs before those that are imported after it.
import {guardProcess} from './guard.js';

guardProcess();

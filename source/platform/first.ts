// What `cli.tsx` imports before anything else: a module runs before those that are imported behind it.
import {guardProcess} from './guard.js';

guardProcess();

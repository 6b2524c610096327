package io.stackel.store;

/** A place to keep runs, for the contracts that every such place must keep. */
interface Backend {

    /** Storage below a root that no other test uses, opened as a driver opens it. */
    Storage freshStorage();
}

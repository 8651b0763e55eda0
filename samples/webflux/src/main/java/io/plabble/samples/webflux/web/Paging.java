package io.plabble.samples.webflux.web;

/** Words and numbers that the endpoints share. Messages are literal: to look one up in a bundle would read a file on the event loop. */
final class Paging {
    static final int LAST_NUMBER = 65_535;
    static final int LONGEST_PAGE = 1000;
    static final String NUMBER = "must be the number of a note, 0 to 65535";
    static final String AFTER = "must be the number of a note, 0 to 65535, or -1";
    static final String LIMIT = "must be 1 to 1000";

    private Paging() {}
}

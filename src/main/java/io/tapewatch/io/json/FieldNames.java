package io.tapewatch.io.json;

import java.util.List;

/**
 * The names of the fields that one format has, and the {@link RecordField} that each name stands for. A table of its own,
 * not a map: each field of each tick is looked up, and nothing is unboxed for it.
 */
final class FieldNames {

    private final List<Name> all;
    private final int known;

    /** By the hash of the name; the next place if that one is taken. At most a quarter of the places is. */
    private final String[] names;

    private final int[] fields;

    /** A name and its {@link RecordField}. */
    record Name(String text, int field) {}

    static Name name(String text, int field) {
        return new Name(text, field);
    }

    private FieldNames(List<Name> all) {
        this.all = all;
        int places = Integer.highestOneBit(all.size()) * 8;
        names = new String[places];
        fields = new int[places];
        int known = 0;
        for (Name each : all) {
            if ((known & each.field()) != 0 || field(each.text()) != RecordField.OTHER) {
                throw new IllegalArgumentException("\"" + each.text() + "\" or its field stands there twice");
            }
            known |= each.field();
            int place = placeOf(each.text());
            names[place] = each.text();
            fields[place] = each.field();
        }
        this.known = known;
    }

    /** These names, each with its field. */
    static FieldNames of(Name... names) {
        return new FieldNames(List.of(names));
    }

    /** The field of this name, or {@link RecordField#OTHER}. */
    int field(String name) {
        int place = placeOf(name);
        return names[place] == null ? RecordField.OTHER : fields[place];
    }

    /** Where the name is, or would be. */
    private int placeOf(String name) {
        int hash = name.hashCode();
        int place = (hash ^ hash >>> 16) & names.length - 1;
        while (names[place] != null && !names[place].equals(name)) {
            place = place + 1 & names.length - 1;
        }
        return place;
    }

    /** All fields that have a name. */
    int known() {
        return known;
    }

    /** The names of these fields, in the order that they were given in. */
    List<String> of(int fields) {
        return all.stream()
                .filter(each -> (each.field() & fields) != 0)
                .map(Name::text)
                .toList();
    }
}

package io.tapewatch.io.json;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The field of a record that was probably meant by a name that is none. */
final class LikelyField {

    /** A field of instruments. Trades of some vendors have it, too, and it is nearly a type. */
    private static final String TAPE = "tape";

    /** What vendors and exchanges call these fields: in small letters, without anything between words. */
    private static final Map<String, String> CALLED = new HashMap<>();

    static {
        called("time", "t ts timestamp timestampms datetime date eventtime tradetime tsevent transacttime epoch");
        called("symbol", "s sym ticker instrument instrumentid pair product productid secid");
        called("price", "p px last lastprice lastpx tradeprice rate");
        called("size", "q qty quantity volume vol amount lastsize lastqty shares");
        called("id", "tradeid tid matchid trdmatchid execid");
        called("seq", "sequence seqno seqnum sequencenumber");
        called("side", "takerside aggressor aggressorside");
        called("venue", "exchange exch market mic");
        called("conditions", "cond conds condition saleconditions tradeconditions salecondition tradecondition");
        called("bid", "b bp bidprice bidpx bestbid");
        called("bidSize", "bs bidqty bidquantity bidvolume bidsz");
        called("ask", "a ap askprice askpx bestask offer ofr");
        called("askSize", "as askqty askquantity askvolume asksz offersize");
        called("name", "description longname");
        called("currency", "ccy");
        called("sector", "industry");
        called("multiplier", "contractsize contractmultiplier pointvalue");
    }

    private LikelyField() {}

    private static void called(String field, String names) {
        for (String name : names.split(" ")) {
            CALLED.put(name, field);
        }
    }

    /**
     * The field that is meant by another word for it, or by a name that is nearly right.
     *
     * @param fields those that it may be
     */
    static @Nullable String meantBy(String name, Collection<String> fields) {
        // Of single letters the capital ones often stand for something else.
        String word = name.length() == 1 ? name : name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
        if (word.equals(TAPE) && !fields.contains(TAPE)) {
            return null;
        }
        String field = CALLED.get(word);
        return field != null && fields.contains(field) ? field : NearMiss.nearest(word, fields);
    }
}

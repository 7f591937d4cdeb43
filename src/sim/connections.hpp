// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/prefetch.hpp"
#include "node/event.hpp"
#include "sim/link.hpp"
#include "sim/observer.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// The links of the world, the connections over them, and under which number each participant
/// knows each connection. Each end numbers its connections from 0 on and never uses a number twice.
///
/// A link carries one connection at a time. Its two ends may close at different moments: what is
/// under way to a closed end is lost.
class Connections {
public:
    using EdgeIndex = std::uint32_t;

    /// Latencies that the graph does not give are drawn here, once a link.
    Connections(const Graph& graph, const LinkSettings& settings, const Random& random);

    /// Another link between two participants. Its latency and that of all others of this pair is
    /// drawn once, from a stream of their own, so that it does not depend on who calls whom first.
    EdgeIndex add_link(Edge ends, const LinkTraits& traits);

    /// One end of a connection: who, and the number by which they know it.
    struct End {
        ParticipantId who = 0;
        PeerId peer;
    };
    using Ends = std::array<End, 2>;  ///< the lower participant's first

    /// Begins a connection; both ends must be closed.
    Ends open(EdgeIndex edge);

    /// Ends what there is of a connection; gives the ends that were open.
    [[nodiscard]] std::vector<End> close(EdgeIndex edge);

    /// What a participant has yet to send is forgotten: it is gone.
    void forget_uploads(ParticipantId who);

    /// Closes one end only. It must be open.
    void close_end(End end);

    [[nodiscard]] bool is_open(End end) const { return record(end).open; }
    /// Whether the link's end at this participant is open.
    [[nodiscard]] bool is_open(EdgeIndex edge, ParticipantId who) const;
    /// Whether neither end of the link is open, so that a new connection may begin.
    [[nodiscard]] bool is_idle(EdgeIndex edge) const;

    struct Arrival {
        End end;  ///< the other end
        Time at;
    };
    /// What is sent at one end, which must be open: when and where it arrives.
    Arrival send(End from, Time leave, std::size_t bytes);

    /// The end, which need not be there, will be used soon: the participant's table of records
    /// comes into the processor's cache,
    void expect_table(ParticipantId who) const { prefetch(&records_[who]); }
    /// then the record,
    void expect_record(End end) const {
        if (is_known(end)) prefetch(&record(end));
    }
    /// and then the link.
    void expect_link(End end) const {
        if (is_known(end)) prefetch(&links_[record(end).edge]);
    }

    [[nodiscard]] ParticipantId neighbour(End end) const;
    [[nodiscard]] EdgeIndex edge(End end) const { return record(end).edge; }
    [[nodiscard]] std::size_t edge_count() const { return links_.size(); }
    [[nodiscard]] Edge ends_of(EdgeIndex edge) const { return links_[edge].ends; }
    [[nodiscard]] Duration latency(EdgeIndex edge) const {
        return links_[edge].qualities[0].latency;
    }

private:
    struct Link {
        Edge ends;
        std::array<PeerId, 2> peers;              ///< at the lower end, at the higher
        std::array<LinkQuality, 2> qualities;     ///< from the lower end, from the higher
        std::array<LinkDirection, 2> directions;  ///< the same
        bool used = false;                        ///< there has been a connection
    };
    struct Record {
        EdgeIndex edge = 0;
        bool open = false;
    };

    void add_link(Edge ends, const LinkTraits& traits, Random& random);
    [[nodiscard]] const LatencyLaw* law_of(LatencyKind kind, Duration mean);

    [[nodiscard]] bool is_known(End end) const { return end.peer.value < records_[end.who].size(); }
    [[nodiscard]] const Record& record(End end) const { return records_[end.who][end.peer.value]; }
    [[nodiscard]] Record& record(End end) { return records_[end.who][end.peer.value]; }
    [[nodiscard]] static ParticipantId participant(const Edge& ends, std::size_t side) {
        return side == 0 ? ends.low : ends.high;
    }

    LinkSettings settings_;
    Random random_;
    std::map<std::int64_t, LatencyLaw> laws_;  ///< by their mean, in tenths of a millisecond
    std::vector<Link> links_;
    std::vector<std::vector<Record>> records_;  ///< by participant, by their number for it
    std::vector<Upload> uploads_;  ///< by participant, where each has one line to all neighbours
    std::vector<Random> randoms_;  ///< by participant: jitter and loss of what he sends
};

}  // namespace bezant::sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/prefetch.hpp"
#include "node/event.hpp"
#include "sim/link.hpp"
#include "sim/observer.hpp"
#include "sim/open_connections.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// The links of the world, the connections over them, and under which number each participant
/// knows each connection. Each end numbers its connections from 0 on and never uses a number twice.
///
/// A link carries one connection at a time. Its two ends may close at different moments: what is
/// under way to a closed end is lost.
///
/// What is kept of links that were removed and of connections that have ended does not grow with
/// their number.
class Connections {
public:
    using EdgeIndex = OpenConnections::EdgeIndex;

    /// Latencies that the graph does not give are drawn here, once a link.
    Connections(const Graph& graph, const LinkSettings& settings, const Random& random);

    /// Another link between two participants. Its latency is latency_between them. It may have the
    /// number of one that was removed.
    EdgeIndex add_link(Edge ends, const LinkTraits& traits);
    /// Removes all links of a pair; each must be idle.
    void remove_links(Edge pair);

    /// By the number of who is at the other end; those of a pair as they were added.
    [[nodiscard]] std::span<const EdgeIndex> links_of(ParticipantId who) const {
        return links_of_[who];
    }
    /// As they were added. O(log links).
    [[nodiscard]] std::span<const EdgeIndex> links_between(Edge pair) const;
    /// The same for all links that are added to this pair: drawn from a stream of its own, so that
    /// it does not depend on who calls whom first.
    [[nodiscard]] Duration latency_between(Edge pair, const LinkTraits& traits) const;

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

    [[nodiscard]] bool is_open(End end) const { return open_[end.who].contains(end.peer); }
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

    /// The end, which need not be open, will be used soon: the participant's table comes into the
    /// processor's cache,
    void expect_table(ParticipantId who) const { prefetch(&open_[who]); }
    /// then what it points at,
    void expect_entries(ParticipantId who) const { open_[who].expect_search(); }
    /// and then the link.
    void expect_link(End end) const {
        if (is_open(end)) prefetch(&links_[edge(end)]);
    }

    /// Over which link; the end must be open.
    [[nodiscard]] EdgeIndex edge(End end) const { return open_[end.who].edge(end.peer); }
    /// Links have numbers below this, those included that were removed.
    [[nodiscard]] std::size_t edge_count() const { return links_.size(); }
    [[nodiscard]] std::size_t link_count() const { return links_.size() - free_.size(); }
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

    EdgeIndex add_link(Edge ends, const LinkTraits& traits, Random& random);
    [[nodiscard]] EdgeIndex free_number();
    [[nodiscard]] Random random_of(Edge pair) const;
    [[nodiscard]] std::span<const EdgeIndex> links_of(ParticipantId who, ParticipantId other) const;
    [[nodiscard]] const LatencyLaw* law_of(LatencyKind kind, Duration mean);

    [[nodiscard]] static ParticipantId participant(const Edge& ends, std::size_t side) {
        return side == 0 ? ends.low : ends.high;
    }

    LinkSettings settings_;
    Random random_;
    std::map<std::int64_t, LatencyLaw> laws_;  ///< by their mean, in tenths of a millisecond
    std::vector<Link> links_;
    std::vector<EdgeIndex> free_;                   ///< numbers of removed links
    std::vector<std::vector<EdgeIndex>> links_of_;  ///< by participant
    std::vector<OpenConnections> open_;             ///< by participant
    std::vector<Upload> uploads_;  ///< by participant, where each has one line to all neighbours
    std::vector<Random> randoms_;  ///< by participant: jitter and loss of what he sends
};

}  // namespace bezant::sim

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace bezant::sweep {

struct ReceivedMessage {
    int from = 0;
    Bytes bytes;
};

/// The processes of one sweep, numbered from 0, and messages between them. One thread at a time. If
/// a process dies, whoever started them ends the others.
class MessagePort {
public:
    MessagePort() = default;
    /// Waits until all are done.
    virtual ~MessagePort() = default;
    MessagePort(const MessagePort&) = delete;
    MessagePort& operator=(const MessagePort&) = delete;

    [[nodiscard]] virtual int rank() const = 0;
    [[nodiscard]] virtual int size() const = 0;
    /// May wait until the other receives.
    virtual void send(int to, ByteView message) = 0;
    /// Does not wait. Messages of one process come in the order in which they were sent.
    [[nodiscard]] virtual std::optional<ReceivedMessage> receive() = 0;
};

/// What the library for MPI, src/mpi, has to offer: a port of all processes that mpirun started, to
/// be deleted; nothing if MPI does not let threads take turns.
using OpenMessagePort = MessagePort*();
inline constexpr const char* open_message_port_name = "bezant_open_message_port";

/// Whether mpirun, or another that starts processes for MPI, started this process.
[[nodiscard]] bool is_one_of_several();

/// The port of those processes. The library is loaded now and not with the program, which neither
/// needs it nor starts more slowly because of it. An error if the program was built without.
[[nodiscard]] Result<std::unique_ptr<MessagePort>, std::string> open_message_port();

}  // namespace bezant::sweep
